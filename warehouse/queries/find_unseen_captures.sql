-- Positions of the captures in an archive that were neither loaded nor rejected yet. What counts is the capture, not the
-- address: another capture of a known page may be another wording of it.
-- A rejection is of this capture when it says so (mark), or when it was made by the run that archived the capture.
WITH candidate AS (
    SELECT
        row_number() OVER () - 1 AS position,
        each.*
    FROM (
        SELECT unnest(from_json(
            $candidates::VARCHAR,
            '[{"url": "VARCHAR", "fetched_at": "TIMESTAMPTZ", "run_id": "VARCHAR", "mark": "VARCHAR"}]'
        )) AS each
    )
)
SELECT candidate.position
FROM candidate
WHERE NOT EXISTS (
        FROM raw.page AS page
        WHERE page.asked_url = candidate.url AND page.fetched_at = candidate.fetched_at
    )
    AND NOT EXISTS (
        FROM ops.rejection AS rejection
        WHERE rejection.url = candidate.url AND rejection.run_id = candidate.run_id
    )
    AND NOT EXISTS (
        FROM ops.rejection AS rejection
        WHERE rejection.url = candidate.url AND ends_with(rejection.detail, candidate.mark)
    )
ORDER BY candidate.position
