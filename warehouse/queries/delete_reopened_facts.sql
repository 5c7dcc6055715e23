DELETE FROM core.fact
WHERE known_to IS NULL AND known_from = $known_at AND fact_id IN (SELECT fact_id FROM reopened_fact)
