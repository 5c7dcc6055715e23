-- The last five runs, newest first.
SELECT started_at, state, feeds_polled, feeds_unchanged, articles_loaded, copies, rejected, claims_new, seconds, detail
FROM runs
ORDER BY started_at DESC
LIMIT 5
