CREATE OR REPLACE TEMP TABLE touched_text AS
SELECT DISTINCT text_id
FROM core.article_version
WHERE article_id = $article_id AND text_id IS NOT NULL
