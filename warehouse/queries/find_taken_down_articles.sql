-- What waited to be loaded of articles that were removed on request meanwhile.
CREATE OR REPLACE TEMP TABLE taken_down_article AS
SELECT article_id FROM ops.takedown
UNION
SELECT article_id
FROM incoming_reading
WHERE url IN (SELECT url FROM ops.rejection WHERE reason = 'taken_down')
