CREATE OR REPLACE VIEW coverage AS
WITH feed_outlet AS (
    SELECT feed, coalesce(any_value(outlet), feed) AS outlet FROM ref.feed GROUP BY feed
),
seen AS (
    SELECT
        coalesce(feed_outlet.outlet, entry.feed) AS outlet,
        entry.recorded_at::DATE AS day,
        count(DISTINCT (entry.feed, entry.guid)) AS entries_seen
    FROM raw.entry AS entry
    LEFT JOIN feed_outlet USING (feed)
    GROUP BY ALL
),
loaded AS (
    SELECT
        coalesce(article.outlet, 'unknown') AS outlet,
        article.recorded_at::DATE AS day,
        count(*) AS articles_loaded,
        count(*) FILTER (version.copy_role = 'copy') AS copies
    FROM core.article AS article
    JOIN core.article_version AS version USING (article_id)
    WHERE version.is_newest
    GROUP BY ALL
),
refused AS (
    SELECT
        coalesce(feed_outlet.outlet, rejection.feed, 'unknown') AS outlet,
        rejection.last_at::DATE AS day,
        count(*) AS rejected
    FROM rejections AS rejection
    LEFT JOIN feed_outlet USING (feed)
    GROUP BY ALL
),
asked AS (
    SELECT coalesce(feed_outlet.outlet, poll.feed) AS outlet, poll.polled_at::DATE AS day
    FROM ops.poll AS poll
    LEFT JOIN feed_outlet USING (feed)
    GROUP BY ALL
),
changed AS (
    SELECT
        feed,
        polled_at,
        run_id,
        entries_seen,
        entries_new,
        -- How many entries its document usually holds; the first document of a feed has nothing before it.
        median(entries_seen) OVER (
            PARTITION BY feed ORDER BY polled_at ROWS BETWEEN 20 PRECEDING AND 1 PRECEDING
        ) AS usual_seen
    FROM ops.poll
    WHERE outcome = 'changed' AND entries_seen > 0
),
full_of_news AS (
    -- All of a full document was new: its first entries may have pushed others out unseen. A document that holds a day's
    -- entries, few or many, is full only when there are as many as usual; one of a single entry never tells.
    SELECT changed.feed, changed.polled_at, changed.run_id, max(earlier.polled_at) AS looked_at
    FROM changed
    JOIN ops.poll AS earlier
        ON earlier.feed = changed.feed AND earlier.polled_at < changed.polled_at AND earlier.outcome <> 'failed'
    WHERE changed.entries_new >= changed.entries_seen
        AND changed.entries_seen >= 2
        AND changed.entries_seen >= 0.9 * changed.usual_seen
    GROUP BY ALL
),
oldest AS (
    SELECT
        full_of_news.feed,
        full_of_news.polled_at,
        any_value(full_of_news.looked_at) AS looked_at,
        min(coalesce(entry.published_at, entry.updated_at)) AS oldest_at
    FROM full_of_news
    LEFT JOIN raw.entry AS entry ON entry.feed = full_of_news.feed AND entry.run_id = full_of_news.run_id
    GROUP BY full_of_news.feed, full_of_news.polled_at
),
gaps AS (
    SELECT coalesce(feed_outlet.outlet, oldest.feed) AS outlet, oldest.polled_at::DATE AS day, true AS gap_suspected
    FROM oldest
    LEFT JOIN feed_outlet USING (feed)
    -- A site that gives all its entries new names shows what it had shown before: their dates say so. A date without a
    -- time stands for the end of its day.
    WHERE coalesce(
        if(oldest_at = date_trunc('day', oldest_at), oldest_at + INTERVAL 1 DAY, oldest_at) >= looked_at,
        true
    )
    GROUP BY ALL
)
SELECT
    outlet,
    day,
    coalesce(seen.entries_seen, 0) AS entries_seen,
    coalesce(loaded.articles_loaded, 0) AS articles_loaded,
    coalesce(loaded.copies, 0) AS copies,
    coalesce(refused.rejected, 0) AS rejected,
    coalesce(gaps.gap_suspected, false) AS gap_suspected
FROM seen
FULL JOIN loaded USING (outlet, day)
FULL JOIN refused USING (outlet, day)
FULL JOIN asked USING (outlet, day)
LEFT JOIN gaps USING (outlet, day);
COMMENT ON VIEW coverage IS
    'One row per outlet and day of recording (UTC): what came of it, and whether entries may have been missed. Grain: outlet and day.';
