-- The other reports of a fact that was found to be another one go with it. The table is wide and long: the days let
-- DuckDB skip other years.
INSERT INTO core.report BY NAME
SELECT report.* REPLACE (moved.fact_id AS fact_id, NULL AS relation, $known_at::TIMESTAMPTZ AS known_from)
FROM core.report AS report
JOIN moved_fact AS moved ON moved.retired_id = report.fact_id
WHERE report.known_to IS NULL AND report.last_on >= $first_on AND report.first_on <= $last_on
