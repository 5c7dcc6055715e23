CREATE OR REPLACE TEMP TABLE touched_text AS
SELECT DISTINCT text_id FROM incoming_text
