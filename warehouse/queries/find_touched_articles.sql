-- Articles whose claims may count otherwise than before: read in this load (from a page, or from the text that is
-- stored), or their text hangs together with one that was (find_copies has just gathered those). They are gathered
-- first: joined by OR they would cost twice the time.
CREATE OR REPLACE TEMP TABLE touched_article AS
WITH touched AS (
    SELECT article_id FROM incoming_reading
    UNION
    SELECT article_id FROM newest_extraction
    UNION
    SELECT article_id FROM core.article_version WHERE text_id IN (SELECT text_id FROM connected_text)
)
SELECT version.article_id, version.version_id, article.recorded_at
FROM core.article_version AS version
SEMI JOIN touched USING (article_id)
JOIN core.article AS article USING (article_id)
WHERE version.is_newest
