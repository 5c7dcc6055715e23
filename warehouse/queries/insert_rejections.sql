INSERT INTO ops.rejection BY NAME
SELECT DISTINCT ON (run_id, url, stage, feed) *, $recorded_at::TIMESTAMPTZ AS recorded_at
FROM incoming_rejection AS new
WHERE NOT EXISTS (
    FROM ops.rejection AS old
    WHERE old.run_id = new.run_id AND old.url = new.url AND old.stage = new.stage
        AND old.feed IS NOT DISTINCT FROM new.feed
)
ORDER BY is_final DESC, reason, detail
