INSERT INTO ops.poll BY NAME
SELECT DISTINCT ON (feed, polled_at) *, $recorded_at::TIMESTAMPTZ AS recorded_at
FROM incoming_poll AS new
WHERE NOT EXISTS (FROM ops.poll AS old WHERE old.feed = new.feed AND old.polled_at = new.polled_at)
ORDER BY run_id
