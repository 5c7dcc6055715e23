SELECT count(*), coalesce(max(batch) + 1, 0) FROM chosen_text
