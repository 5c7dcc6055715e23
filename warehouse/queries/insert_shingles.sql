INSERT INTO core.shingle BY NAME
SELECT unnest(shingles) AS hash, text_id, day
FROM new_text
ORDER BY day, text_id, hash
