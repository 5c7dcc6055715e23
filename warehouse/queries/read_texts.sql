-- The texts of a load. Each is compared around its day: that of publication; the day of fetching stands in where none
-- is stated, and where the one stated lies ahead.
CREATE OR REPLACE TEMP TABLE incoming_text AS
SELECT DISTINCT ON (text_id, day)
    ('0x' || left(text_hash, 16))::UBIGINT AS text_id,
    least(published_at, fetched_at)::DATE AS day,
    shingle_count,
    reach,
    shingles
FROM incoming_reading
WHERE text <> ''
