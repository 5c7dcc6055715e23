-- Every article that this load tells anything of.
CREATE OR REPLACE TEMP TABLE incoming_article AS
SELECT article_id FROM incoming_reading
UNION
SELECT article_id FROM incoming_extraction
UNION
SELECT article_id FROM incoming_claim
