-- What was sketched around the same day before is compared with nothing.
CREATE OR REPLACE TEMP TABLE new_text AS
FROM incoming_text AS new
WHERE NOT EXISTS (FROM core.text_sketch AS old WHERE old.text_id = new.text_id AND old.out_on = new.out_on)
