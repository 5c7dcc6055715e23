SELECT text_id, other_text_id, ratio
FROM core.copy_link
WHERE text_id IN (SELECT text_id FROM connected_text)
