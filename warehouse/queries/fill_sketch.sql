UPDATE incoming_text AS text
SET shingle_count = sketch.shingle_count, reach = sketch.reach, shingles = sketch.sample
FROM (
    -- One JSON text: DuckDB takes a Python list apart far more slowly.
    SELECT unnest(from_json($sketches, '[{
        "text_id": "UBIGINT", "shingle_count": "INTEGER", "reach": "UBIGINT", "sample": ["UBIGINT"]
    }]'), max_depth := 2)
) AS sketch
WHERE text.text_id = sketch.text_id
