-- A fact that says what it said before gets no new version.
DELETE FROM changed_fact
WHERE fact_id IN (
    SELECT fact_id
    FROM (
        FROM changed_fact
        INTERSECT
        SELECT * EXCLUDE (known_from, known_to)
        FROM core.fact
        WHERE known_to IS NULL AND fact_id IN (SELECT fact_id FROM touched_fact)
    )
)
