UPDATE incoming_text AS text
SET shingle_count = sketch.shingle_count, reach = sketch.reach, shingles = sketch.shingles
FROM (
    SELECT
        unnest($text_ids::UBIGINT[]) AS text_id,
        unnest($shingle_counts::INTEGER[]) AS shingle_count,
        unnest($reaches::UBIGINT[]) AS reach,
        unnest($shingles::UBIGINT[][]) AS shingles
) AS sketch
WHERE text.text_id = sketch.text_id
