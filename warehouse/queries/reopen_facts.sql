UPDATE core.fact SET known_to = NULL
WHERE known_to = $known_at AND fact_id IN (SELECT fact_id FROM reopened_fact)
