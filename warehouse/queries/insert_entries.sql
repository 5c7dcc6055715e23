INSERT INTO raw.entry BY NAME
SELECT DISTINCT ON (feed, guid, entry_hash) *, $recorded_at::TIMESTAMPTZ AS recorded_at
FROM incoming_entry AS new
WHERE NOT EXISTS (
    FROM raw.entry AS old
    WHERE old.feed = new.feed AND old.guid = new.guid AND old.entry_hash = new.entry_hash
)
ORDER BY run_id
