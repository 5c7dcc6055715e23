-- Articles about a mission before all others, the newest first.
CREATE OR REPLACE TEMP TABLE chosen AS
SELECT version.article_id, version.version_id, version.language
FROM core.article_version AS version
WHERE version.is_newest
ORDER BY
    version.version_id IN (SELECT version_id FROM core.article_mission) DESC,
    version.recorded_at DESC,
    version.version_id
LIMIT $most
