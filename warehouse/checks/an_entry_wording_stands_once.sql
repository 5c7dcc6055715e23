SELECT feed, guid, entry_hash, count(*) AS times FROM raw.entry GROUP BY ALL HAVING count(*) > 1
