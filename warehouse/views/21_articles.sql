CREATE OR REPLACE VIEW articles AS
SELECT
    version.article_id,
    version.version_id,
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
    article.recorded_at,
    version.text,
    length(version.text) AS text_length,
    version.revision,
    -- Revisions count from 1 without gaps, so the newest one is the number of them.
    version.revision AS revision_count,
    version.copy_group_id,
    version.copy_role,
    version.agency,
    coalesce(about.missions, []) AS missions,
    version.archive_file,
    version.archive_offset
FROM core.article_version AS version
-- An earlier wording matches no article. As a filter of its own that would be taken for rarer than it is, and DuckDB would
-- gather the texts in memory in place of the articles.
JOIN core.article AS article ON article.article_id = if(version.is_newest, version.article_id, NULL)
LEFT JOIN (
    SELECT version_id, list(mission ORDER BY mission) AS missions FROM core.article_mission GROUP BY version_id
) AS about USING (version_id);
COMMENT ON VIEW articles IS
    'One row per article in its newest wording; copies of another outlet''s text are rows too, marked by copy_role. Grain: article.';
