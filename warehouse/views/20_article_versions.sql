CREATE OR REPLACE VIEW article_versions AS
SELECT
    version.article_id,
    version.version_id,
    version.revision,
    coalesce(revised.revision_count, 1) AS revision_count,
    version.is_newest,
    article.url,
    version.title,
    article.outlet,
    article.outlet_country,
    version.language,
    version.authors,
    version.published_at,
    version.published_on,
    version.published_basis,
    version.published_conflict,
    version.stated_dates,
    version.recorded_at,
    version.fetched_at,
    version.text,
    version.text_hash,
    length(version.text) AS text_length,
    version.copy_group_id,
    version.copy_role,
    version.agency,
    coalesce(about.missions, []) AS missions,
    version.site_name,
    version.page_url,
    version.archive_file,
    version.archive_offset,
    version.run_id
FROM core.article_version AS version
JOIN core.article AS article USING (article_id)
-- Not by a window, which would sort the texts; and few articles are ever revised.
LEFT JOIN (
    SELECT article_id, max(revision) AS revision_count
    FROM core.article_version
    WHERE revision > 1
    GROUP BY article_id
) AS revised USING (article_id)
LEFT JOIN (
    SELECT version_id, list(mission ORDER BY mission) AS missions FROM core.article_mission GROUP BY version_id
) AS about USING (version_id);
COMMENT ON VIEW article_versions IS
    'One row per wording of an article, oldest is revision 1. A wording that comes back is a revision of its own. Grain: article_id and revision.';
