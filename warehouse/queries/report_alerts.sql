SELECT feed, outlet, state, note, failure_count
FROM feed_health
WHERE state IN ('gone', 'silent', 'drying', 'failing')
ORDER BY feed
