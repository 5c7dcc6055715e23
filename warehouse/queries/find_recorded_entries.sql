-- Positions of the candidates that stand in the ledger, and whether they came there after the last poll of their feed that
-- was answered: such entries are of a run that ended before it came to its polls.
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
answered AS (
    SELECT feed, max(recorded_at) AS recorded_at FROM ops.poll WHERE outcome <> 'failed' GROUP BY feed
)
SELECT
    candidate.position,
    bool_and(answered.recorded_at IS NULL OR entry.recorded_at > answered.recorded_at)
FROM candidate
JOIN raw.entry AS entry USING (feed, guid, entry_hash)
LEFT JOIN answered USING (feed)
GROUP BY candidate.position
UNION ALL
-- What was taken down on request is not received again, though its feed shows it still.
SELECT DISTINCT candidate.position, false
FROM candidate
JOIN ops.rejection AS rejection ON rejection.url = candidate.url AND rejection.reason = 'taken_down'
