-- Read once: the table is wide. Events and levels lie within their days; a promise may have been told for many years.
CREATE OR REPLACE TEMP TABLE touched_report AS
SELECT *
FROM core.report
WHERE known_to IS NULL
    AND last_on >= $first_on
    AND first_on <= $last_on
    AND rule IN ('event', 'level')
    AND fact_id IN (SELECT fact_id FROM touched_fact)
UNION ALL
SELECT *
FROM core.report
WHERE known_to IS NULL
    AND last_on >= $first_of_all_on
    AND first_on <= $last_of_all_on
    AND rule NOT IN ('event', 'level')
    AND fact_id IN (SELECT fact_id FROM touched_fact)
