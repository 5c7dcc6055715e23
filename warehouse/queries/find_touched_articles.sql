-- Articles whose claims may count otherwise than before: read in this load, or their text hangs together with one that
-- was (find_copies has just gathered those).
CREATE OR REPLACE TEMP TABLE touched_article AS
SELECT version.article_id, version.version_id, article.recorded_at
FROM core.article_version AS version
JOIN core.article AS article USING (article_id)
WHERE version.is_newest
    AND (
        version.article_id IN (SELECT article_id FROM incoming_reading)
        OR version.text_id IN (SELECT text_id FROM connected_text)
    )
