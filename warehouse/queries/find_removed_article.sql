-- The article that goes, and those that hang together with it by their texts.
CREATE OR REPLACE TEMP TABLE removed_article AS
SELECT DISTINCT version.article_id, article.recorded_at
FROM core.article_version AS version
JOIN core.article AS article USING (article_id)
WHERE version.article_id = $article_id OR version.text_id IN (SELECT text_id FROM touched_text)
