-- All reports of one event overlap in time, so the bounds leave none out.
SELECT report.* EXCLUDE (known_from, known_to)
FROM core.report AS report
WHERE report.known_to IS NULL
    AND report.rule = 'event'
    AND report.last_on >= $first_on
    AND report.first_on <= $last_on
    AND report.fact_id IN (SELECT fact_id FROM reached_fact)
