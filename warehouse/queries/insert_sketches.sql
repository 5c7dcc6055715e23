INSERT INTO core.text_sketch BY NAME
SELECT text_id, day, shingle_count, reach, $recorded_at::TIMESTAMPTZ AS recorded_at
FROM new_text
ORDER BY day, text_id
