-- How the feeds do; those that want a look come first.
SELECT outlet, state, last_polled_at, last_new_at, entry_count_30d AS entries_in_30_days, note, feed
FROM feed_health
ORDER BY state = 'ok', outlet, feed
LIMIT 200
