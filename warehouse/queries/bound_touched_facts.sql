-- The days between which all reports of the facts touched lie: constants by which DuckDB skips other years. First those
-- of events and levels, which are over after a while; then those of all.
SELECT
    min(first_on) FILTER (rule IN ('event', 'level')) AS first_on,
    max(last_on) FILTER (rule IN ('event', 'level')) AS last_on,
    min(first_on) AS first_of_all_on,
    max(last_on) AS last_of_all_on
FROM (
    SELECT rule, first_on, last_on
    FROM core.fact
    WHERE known_to IS NULL AND fact_id IN (SELECT fact_id FROM touched_fact)
    UNION ALL
    SELECT rule, first_on, last_on FROM changed_report
)
