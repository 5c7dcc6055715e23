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
gaps AS (
    -- Every entry of a poll was new although the feed had been read before: some came and went in between.
    SELECT
        coalesce(feed_outlet.outlet, poll.feed) AS outlet,
        poll.polled_at::DATE AS day,
        bool_or(poll.entries_new >= poll.entries_seen AND poll.entries_seen > 0 AND poll.had_entries_before) AS gap_suspected
    FROM (
        SELECT
            *,
            coalesce(
                sum(entries_seen) OVER (
                    PARTITION BY feed ORDER BY polled_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                ),
                0
            ) > 0 AS had_entries_before
        FROM ops.poll
    ) AS poll
    LEFT JOIN feed_outlet USING (feed)
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
FULL JOIN gaps USING (outlet, day);
COMMENT ON VIEW coverage IS
    'What came of each outlet on each day it was recorded (UTC), and whether entries may have been missed. Grain: outlet and day.';
