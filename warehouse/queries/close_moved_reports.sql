UPDATE core.report SET known_to = $known_at, relation = NULL
WHERE known_to IS NULL
    AND last_on >= $first_on
    AND first_on <= $last_on
    AND fact_id IN (SELECT retired_id FROM moved_fact)
