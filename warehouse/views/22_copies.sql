CREATE OR REPLACE VIEW copies AS
SELECT
    copy.article_id,
    copy.version_id,
    article.url,
    copy.title,
    article.outlet,
    article.outlet_country,
    copy.published_at,
    copy.agency,
    copy.copy_group_id,
    origin.url AS original_url,
    origin.outlet AS original_outlet,
    copy.copy_agency,
    -- The wording of the original that the copy is nearest to, where there are several.
    max(if(original.text_id = copy.text_id, 1, coalesce(kept.ratio, 0))) AS kept_ratio,
    1 - max(if(original.text_id = copy.text_id, 1, coalesce(taken.ratio, 0))) AS added_ratio
FROM core.article_version AS copy
JOIN core.article AS article ON article.article_id = copy.article_id
JOIN core.article AS origin ON origin.article_id = copy.copy_group_id
JOIN core.article_version AS original
    ON original.article_id = copy.copy_group_id AND original.copy_group_id = copy.copy_group_id
LEFT JOIN core.copy_link AS kept ON kept.text_id = original.text_id AND kept.other_text_id = copy.text_id
LEFT JOIN core.copy_link AS taken ON taken.text_id = copy.text_id AND taken.other_text_id = original.text_id
WHERE copy.is_newest AND copy.copy_role = 'copy'
GROUP BY ALL;
COMMENT ON VIEW copies IS
    'One row per article that is a copy of another one, with what it kept of it and what it added. Grain: article.';
