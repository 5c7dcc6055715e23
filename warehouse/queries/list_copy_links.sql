SELECT text_id, other_text_id, ratio
FROM core.copy_link
WHERE text_id IN (SELECT unnest($text_ids::UBIGINT[]))
