-- What was sketched around the same day before, or has no shingle, is compared with nothing.
CREATE OR REPLACE TEMP TABLE new_text AS
FROM incoming_text AS new
WHERE new.shingle_count > 0
    AND NOT EXISTS (FROM core.text_sketch AS old WHERE old.text_id = new.text_id AND old.day = new.day)
