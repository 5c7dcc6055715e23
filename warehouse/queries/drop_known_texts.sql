-- What was sketched around the same day before is compared with nothing. The inner semi join reads only the parts of
-- the table that hold the days of this load; an anti join would read all of it.
CREATE OR REPLACE TEMP TABLE new_text AS
WITH known AS (
    FROM core.text_sketch AS old SEMI JOIN incoming_text AS new USING (text_id, out_on)
)
FROM incoming_text AS new
ANTI JOIN known USING (text_id, out_on)
