-- Facts that say something else now, and those that no report tells of any more.
UPDATE core.fact AS fact SET known_to = $known_at
WHERE fact.known_to IS NULL
    AND fact.fact_id IN (SELECT fact_id FROM touched_fact)
    AND (
        fact.fact_id IN (SELECT fact_id FROM changed_fact)
        OR fact.fact_id NOT IN (SELECT fact_id FROM touched_report)
    )
