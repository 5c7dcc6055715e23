-- All reports of the facts of these streams that people have merged or kept apart, or do so now: they are looked at as a
-- whole. The rulings are the words with a blank among a report's corrections.
SELECT report.* EXCLUDE (known_from, known_to)
FROM core.report AS report
WHERE report.known_to IS NULL
    AND report.stream IN (SELECT stream FROM touched_zone)
    AND report.fact_id IN (
        SELECT fact_id
        FROM core.report
        WHERE known_to IS NULL
            AND corrections IS NOT NULL
            AND contains(array_to_string(corrections, ','), ' ')
            AND stream IN (SELECT stream FROM touched_zone)
        UNION
        SELECT fact_id FROM reached_fact
    )
