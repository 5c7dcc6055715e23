-- The texts of this load, and all that hang together with them by links; and the days on which they came out.
CREATE OR REPLACE TEMP TABLE connected_text AS
WITH RECURSIVE connected AS (
    SELECT DISTINCT text_id FROM touched_text
    UNION
    SELECT link.other_text_id AS text_id
    FROM connected
    JOIN core.copy_link AS link USING (text_id)
)
SELECT text_id, min(out_on) AS first_on, max(out_on) AS last_on
FROM connected
JOIN core.text_sketch USING (text_id)
GROUP BY text_id
