-- The same rule as in find_unseen_entries, asked of every entry ever received, in its newest wording.
WITH newest AS (
    SELECT DISTINCT ON (feed, guid)
        *,
        -- What it is accounted for under, as records.Entry.key has it.
        coalesce(nullif(url, ''), nullif(guid, ''), feed || '#' || entry_hash) AS key,
        if(recorded_at > min(recorded_at) OVER (PARTITION BY feed, guid), recorded_at, NULL) AS counts_since
    FROM raw.entry
    ORDER BY feed, guid, recorded_at DESC, entry_hash
),
outcome AS (
    SELECT asked_url AS url, recorded_at, run_id, true AS is_final FROM raw.page
    UNION ALL
    SELECT final_url, recorded_at, run_id, true FROM raw.page WHERE final_url <> asked_url
    UNION ALL
    SELECT url, recorded_at, run_id, true FROM core.article
    UNION ALL
    SELECT url, recorded_at, run_id, is_final FROM ops.rejection
),
pending AS (
    SELECT newest.feed, newest.guid
    FROM newest
    LEFT JOIN outcome
        ON outcome.url = newest.key
        AND (newest.counts_since IS NULL OR outcome.recorded_at >= newest.counts_since)
    GROUP BY newest.feed, newest.guid
    HAVING NOT coalesce(bool_or(outcome.is_final), false)
        AND count(DISTINCT outcome.run_id) < $max_attempts
),
one_a_url AS (
    SELECT DISTINCT ON (newest.key) newest.*
    FROM newest
    JOIN pending USING (feed, guid)
    ORDER BY newest.key, newest.recorded_at, newest.feed
)
SELECT feed, guid, url, title, summary, content, published_at, updated_at, authors, language
FROM one_a_url
ORDER BY recorded_at, feed, guid
