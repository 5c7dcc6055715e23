CREATE OR REPLACE TEMP TABLE touched_text AS
SELECT text_id FROM connected_text
