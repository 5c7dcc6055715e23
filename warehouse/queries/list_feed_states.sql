-- Validators, body hash and what the document asks for are carried forward over failures, and over 304s that bring none
-- of their own; a full answer without validators takes back the old ones.
SELECT
    feed,
    arg_max_null(etag, polled_at) FILTER (outcome <> 'failed' AND (status IS DISTINCT FROM 304 OR etag IS NOT NULL)),
    arg_max_null(last_modified, polled_at) FILTER (outcome <> 'failed' AND (status IS DISTINCT FROM 304 OR last_modified IS NOT NULL)),
    max(polled_at) FILTER (outcome <> 'failed' AND status IS DISTINCT FROM 304),
    arg_max(body_hash, polled_at) FILTER (outcome <> 'failed' AND body_hash IS NOT NULL),
    arg_max_null(next_due_at, polled_at),
    arg_max_null(not_before, polled_at),
    coalesce(arg_max(failure_count, polled_at), 0),
    max(polled_at) FILTER (outcome <> 'failed'),
    arg_max_null(next_url, polled_at),
    arg_max_null(moved_to, polled_at) FILTER (outcome <> 'failed'),
    coalesce(arg_max(moved_days, polled_at) FILTER (outcome <> 'failed'), 0),
    arg_max(entries_hash, polled_at) FILTER (outcome <> 'failed' AND entries_hash IS NOT NULL),
    arg_max(interval_seconds, polled_at) FILTER (outcome <> 'failed'),
    arg_max_null(fresh_seconds, polled_at) FILTER (outcome <> 'failed'),
    arg_max_null(ttl_seconds, polled_at) FILTER (outcome <> 'failed'),
    coalesce(arg_max_null(skip_hours, polled_at) FILTER (outcome <> 'failed'), []),
    coalesce(arg_max_null(skip_days, polled_at) FILTER (outcome <> 'failed'), [])
FROM ops.poll
GROUP BY feed
ORDER BY feed
