-- The texts of this load, and all that hang together with them by links.
CREATE OR REPLACE TEMP TABLE connected_text AS
WITH RECURSIVE connected AS (
    SELECT DISTINCT text_id FROM touched_text
    UNION
    SELECT link.other_text_id AS text_id
    FROM connected
    JOIN core.copy_link AS link USING (text_id)
)
FROM connected
