-- Positions of the candidates that still need fetching.
-- "Dealt with" is: the URL has a page or a final rejection, or failed in as many runs as are allowed. An entry whose
-- guid was known under another wording is an edit: only what happened since that wording was recorded counts for it.
-- At one moment nothing is asked twice: what a killed run was refused at the moment at which it is done over stands.
WITH candidate AS (
    SELECT
        row_number() OVER () - 1 AS position,
        each.*
    FROM (
        SELECT unnest(from_json(
            $candidates::VARCHAR,
            '[{"feed": "VARCHAR", "guid": "VARCHAR", "entry_hash": "VARCHAR", "url": "VARCHAR"}]'
        )) AS each
    )
),
known AS (
    SELECT feed, guid, entry_hash, recorded_at, min(recorded_at) OVER (PARTITION BY feed, guid) AS guid_recorded_at
    FROM raw.entry
    WHERE (feed, guid) IN (SELECT (feed, guid) FROM candidate)
),
standing AS (
    SELECT
        candidate.position,
        candidate.url,
        -- Since when an outcome counts; a bound that always holds stands for "ever", because an OR in the join below would
        -- compare every candidate with every outcome.
        CASE
            WHEN bool_or(known.entry_hash = candidate.entry_hash AND known.recorded_at > known.guid_recorded_at)
                THEN max(known.recorded_at) FILTER (known.entry_hash = candidate.entry_hash)
            WHEN bool_or(known.entry_hash = candidate.entry_hash) OR count(known.entry_hash) = 0 THEN '-infinity'::TIMESTAMPTZ
            ELSE 'infinity'::TIMESTAMPTZ
        END AS counts_since,
        coalesce(bool_or(known.entry_hash = candidate.entry_hash AND known.recorded_at = $now::TIMESTAMPTZ), false)
            AS is_dealt_with_now
    FROM candidate
    LEFT JOIN known USING (feed, guid)
    GROUP BY ALL
),
outcome AS (
    SELECT asked_url AS url, recorded_at, run_id, true AS is_final FROM raw.page
    UNION ALL
    SELECT final_url, recorded_at, run_id, true FROM raw.page WHERE final_url <> asked_url
    UNION ALL
    SELECT url, recorded_at, run_id, true FROM core.article
    UNION ALL
    SELECT url, recorded_at, run_id, is_final FROM ops.rejection
)
SELECT standing.position
FROM standing
LEFT JOIN outcome
    ON outcome.url = standing.url AND outcome.recorded_at >= standing.counts_since
WHERE NOT standing.is_dealt_with_now
GROUP BY standing.position
HAVING NOT coalesce(bool_or(outcome.is_final OR outcome.recorded_at = $now::TIMESTAMPTZ), false)
    AND count(DISTINCT outcome.run_id) < $max_attempts
    -- At the next run, then after an hour, six hours and a day at the earliest: what fails for hours is not lost by five
    -- runs of one morning.
    AND coalesce(
        $now::TIMESTAMPTZ >= max(outcome.recorded_at)
            + [INTERVAL 0 HOUR, INTERVAL 1 HOUR, INTERVAL 6 HOUR, INTERVAL 24 HOUR][count(DISTINCT outcome.run_id)],
        true
    )
ORDER BY standing.position
