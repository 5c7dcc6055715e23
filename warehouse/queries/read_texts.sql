-- The texts of a load. Each is compared around the day on which it came out: that of publication; the day of fetching
-- stands in where none is stated, and where the one stated lies ahead.
CREATE OR REPLACE TEMP TABLE incoming_text AS
SELECT DISTINCT ON (text_id, out_on)
    ('0x' || left(text_hash, 16))::UBIGINT AS text_id,
    least(published_at, fetched_at)::DATE AS out_on,
    shingle_count,
    reach,
    shingles
FROM incoming_reading
WHERE text <> ''
