-- A run refuses a URL once; and at one moment, as when a killed run is done over, a refusal in the same words is the same.
INSERT INTO ops.rejection BY NAME
SELECT DISTINCT ON (run_id, url, stage, feed) *, $recorded_at::TIMESTAMPTZ AS recorded_at
FROM incoming_rejection AS new
WHERE NOT EXISTS (
    FROM ops.rejection AS old
    WHERE old.run_id = new.run_id AND old.url = new.url AND old.stage = new.stage
        AND old.feed IS NOT DISTINCT FROM new.feed
)
    AND NOT EXISTS (
        FROM ops.rejection AS old
        WHERE old.recorded_at = $recorded_at::TIMESTAMPTZ AND old.url = new.url AND old.stage = new.stage
            AND old.feed IS NOT DISTINCT FROM new.feed AND old.reason = new.reason
            AND old.detail IS NOT DISTINCT FROM new.detail
    )
ORDER BY is_final DESC, reason, detail
