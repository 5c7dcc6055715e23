-- Articles whose claims may count otherwise than before: read in this load (from a page, or from the text that is
-- stored), or their text hangs together with one that was (find_copies has just gathered those). They are gathered
-- one after the other: joined by OR they would cost twice the time.
CREATE OR REPLACE TEMP TABLE reached_article AS
WITH reached AS (
    SELECT article_id FROM incoming_reading
    UNION
    SELECT article_id FROM newest_extraction
    UNION
    SELECT article_id FROM core.article_version WHERE text_id IN (SELECT text_id FROM connected_text)
)
SELECT article_id, recorded_at FROM core.article SEMI JOIN reached USING (article_id)
