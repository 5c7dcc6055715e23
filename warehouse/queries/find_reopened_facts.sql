-- As find_reopened_reports: what says in the end what it said before this moment has never said anything else.
CREATE OR REPLACE TEMP TABLE reopened_fact AS
SELECT fact_id
FROM (
    SELECT * EXCLUDE (known_from, known_to)
    FROM core.fact
    WHERE known_to = $known_at AND fact_id IN (SELECT fact_id FROM touched_fact)
    INTERSECT
    SELECT * EXCLUDE (known_from, known_to)
    FROM core.fact
    WHERE known_to IS NULL AND known_from = $known_at AND fact_id IN (SELECT fact_id FROM touched_fact)
)
