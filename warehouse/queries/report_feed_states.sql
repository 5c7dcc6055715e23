-- State of each feed that was polled, for the list of feeds.
SELECT feed, state, last_polled_at FROM feed_health WHERE last_polled_at IS NOT NULL
