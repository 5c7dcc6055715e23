CREATE OR REPLACE TEMP TABLE touched_article AS
SELECT version.article_id, version.version_id, reached.recorded_at
FROM core.article_version AS version
JOIN reached_article AS reached USING (article_id)
WHERE version.is_newest AND version.recorded_at >= getvariable('reached_since')
