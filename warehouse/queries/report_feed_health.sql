-- Every feed and how it is doing, those that need attention first.
SELECT feed, outlet, state, state_since_at AS since, last_new_at, next_due_at, note
FROM feed_health
ORDER BY state = 'ok', state, feed
