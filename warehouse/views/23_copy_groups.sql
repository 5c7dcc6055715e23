CREATE OR REPLACE VIEW copy_groups AS
SELECT
    version.copy_group_id,
    origin.url AS original_url,
    origin.outlet AS original_outlet,
    any_value(version.title ORDER BY version.copy_role = 'original' DESC, version.published_at) AS title,
    any_value(version.copy_agency) AS copy_agency,
    count(DISTINCT version.article_id) AS n_articles,
    count(DISTINCT article.outlet) AS n_outlets,
    min(version.published_at) AS first_published_at,
    max(version.published_at) AS last_published_at
FROM core.article_version AS version
JOIN core.article AS article ON article.article_id = version.article_id
JOIN core.article AS origin ON origin.article_id = version.copy_group_id
WHERE version.copy_role <> 'none' AND (version.is_newest OR version.copy_role = 'original')
GROUP BY ALL;
COMMENT ON VIEW copy_groups IS
    'One row per text that several articles carry, cut or edited or whole: how many outlets ran it, and from when to when. Grain: copy_group_id.';
