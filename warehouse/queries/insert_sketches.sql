INSERT INTO core.text_sketch BY NAME
SELECT text_id, out_on, shingle_count, reach, $recorded_at::TIMESTAMPTZ AS recorded_at
FROM new_text
ORDER BY out_on, text_id
