CREATE OR REPLACE TEMP TABLE touched_article AS
SELECT version.article_id, version.version_id, article.recorded_at
FROM core.article_version AS version
JOIN core.article AS article USING (article_id)
WHERE version.is_newest AND article.recorded_at BETWEEN $first_at AND $last_at
