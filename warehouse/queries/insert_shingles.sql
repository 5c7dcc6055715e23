INSERT INTO core.shingle BY NAME
SELECT unnest(shingles) AS hash, text_id, out_on
FROM new_text
ORDER BY out_on, text_id, hash
