CREATE OR REPLACE TEMP TABLE touched_article AS
SELECT removed.article_id, version.version_id, removed.recorded_at
FROM removed_article AS removed
LEFT JOIN core.article_version AS version ON version.article_id = removed.article_id AND version.is_newest
