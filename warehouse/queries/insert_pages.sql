INSERT INTO raw.page BY NAME
SELECT DISTINCT ON (asked_url, fetched_at)
    asked_url, final_url, article_id, version_id, fetched_at, feed, guid, entry_hash, archive_file, archive_offset,
    run_id, $recorded_at::TIMESTAMPTZ AS recorded_at
FROM incoming_reading AS new
WHERE NOT EXISTS (
    FROM raw.page AS old
    WHERE old.asked_url = new.asked_url AND old.fetched_at = new.fetched_at AND old.recorded_at >= getvariable('known_since')
)
ORDER BY feed, guid
