UPDATE core.report SET known_to = $known_at, relation = NULL
WHERE known_to IS NULL AND fact_id IN (SELECT retired_id FROM moved_fact)
