-- Read once: the table is wide, and the facts touched may have reports of all years.
CREATE OR REPLACE TEMP TABLE touched_report AS
SELECT *
FROM core.report
WHERE known_to IS NULL AND fact_id IN (SELECT fact_id FROM touched_fact)
