-- Reports of the same streams around the same days. The bounds over all are there so that DuckDB skips other years.
SELECT report.* EXCLUDE (known_from, known_to)
FROM core.report AS report
WHERE report.known_to IS NULL
    AND report.last_on >= $first_on
    AND report.first_on <= $last_on
    AND EXISTS (
        FROM touched_zone AS zone
        WHERE zone.stream = report.stream AND zone.first_on <= report.last_on AND zone.last_on >= report.first_on
    )
