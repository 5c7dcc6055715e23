-- Feeds that are not as they should be, with what is known of the reason.
SELECT feed, outlet, state, last_status AS status, failure_count AS failures, last_new_at, next_due_at, note
FROM feed_health
WHERE state <> 'ok'
ORDER BY state, feed
