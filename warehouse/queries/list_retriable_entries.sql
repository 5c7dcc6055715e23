-- The same rule as in find_unseen_entries, asked of every entry ever received, in its newest wording.
-- No entry is too old for it: one that a long pause left open is still accounted for. What keeps it quick is that all
-- but a few are told apart by narrow columns first: with a single wording and a final outcome an entry is dealt with.
WITH settled AS (
    SELECT asked_url AS url FROM raw.page
    UNION ALL
    SELECT final_url FROM raw.page WHERE final_url <> asked_url
    UNION ALL
    SELECT url FROM core.article
    UNION ALL
    SELECT url FROM ops.rejection WHERE is_final
),
edited AS (
    -- Two entries whose hashes meet by chance are only looked at more closely.
    SELECT hash(feed, guid) AS entry_number FROM raw.entry GROUP BY entry_number HAVING count(*) > 1
),
wording AS (
    SELECT
        rowid AS row_number,
        feed,
        guid,
        entry_hash,
        recorded_at,
        -- What it is accounted for under, as records.Entry.key has it.
        coalesce(nullif(url, ''), nullif(guid, ''), feed || '#' || entry_hash) AS key
    FROM raw.entry
),
candidate AS (
    FROM wording
    ANTI JOIN settled ON settled.url = wording.key
    UNION
    FROM wording
    WHERE hash(feed, guid) IN (FROM edited)
),
newest AS (
    SELECT DISTINCT ON (feed, guid)
        *,
        -- A bound that always holds instead of NULL: an OR in the join below would compare every entry with every outcome.
        if(recorded_at > min(recorded_at) OVER (PARTITION BY feed, guid), recorded_at, '-infinity'::TIMESTAMPTZ) AS counts_since
    FROM candidate
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
    SELECT newest.row_number
    FROM newest
    LEFT JOIN outcome
        ON outcome.url = newest.key AND outcome.recorded_at >= newest.counts_since
    WHERE newest.recorded_at IS DISTINCT FROM $now::TIMESTAMPTZ
    GROUP BY newest.row_number
    HAVING NOT coalesce(bool_or(outcome.is_final OR outcome.recorded_at = $now::TIMESTAMPTZ), false)
        AND count(DISTINCT outcome.run_id) < $max_attempts
        -- At the next run, then after an hour, six hours and a day at the earliest: what fails for hours is not lost by five
        -- runs of one morning.
        AND coalesce(
            $now::TIMESTAMPTZ >= max(outcome.recorded_at)
                + [INTERVAL 0 HOUR, INTERVAL 1 HOUR, INTERVAL 6 HOUR, INTERVAL 24 HOUR][count(DISTINCT outcome.run_id)],
            true
        )
),
one_a_url AS (
    SELECT DISTINCT ON (newest.key) newest.row_number
    FROM newest
    JOIN pending USING (row_number)
    ORDER BY newest.key, newest.recorded_at, newest.feed, newest.guid
)
SELECT
    entry.feed, entry.guid, entry.url, entry.title, entry.summary, entry.content, entry.published_at, entry.updated_at,
    entry.authors, entry.language
FROM raw.entry AS entry
JOIN one_a_url ON one_a_url.row_number = entry.rowid
ORDER BY entry.recorded_at, entry.feed, entry.guid
