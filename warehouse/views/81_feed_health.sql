-- Measured at the time of the last run, not of the reader's clock: a snapshot says the same whenever it is read.
CREATE OR REPLACE VIEW feed_health AS
WITH clock AS (
    SELECT greatest(
        (SELECT max(polled_at) FROM ops.poll),
        (SELECT max(coalesce(ended_at, started_at)) FROM ops.run)
    ) AS last_run_at
),
polled AS (
    SELECT
        feed,
        arg_max(outcome, polled_at) AS outcome,
        arg_max_null(status, polled_at) AS status,
        arg_max_null(reason, polled_at) AS reason,
        arg_max_null(detail, polled_at) AS detail,
        arg_max_null(next_due_at, polled_at) AS next_due_at,
        arg_max(due_reason, polled_at) AS due_reason,
        coalesce(arg_max(failure_count, polled_at), 0) AS failure_count,
        max(polled_at) AS last_polled_at,
        max(polled_at) FILTER (entries_new > 0) AS last_new_at,
        arg_max(final_url, polled_at) FILTER (outcome <> 'failed') AS url
    FROM ops.poll
    GROUP BY feed
),
habit AS (
    -- Entries that came in the 30 days before the feed's last new one: what it does when it is well.
    SELECT
        entry.feed,
        count(*) FILTER (entry.recorded_at > clock.last_run_at - INTERVAL 30 DAY) AS entry_count_30d,
        count(*) FILTER (entry.recorded_at > polled.last_new_at - INTERVAL 30 DAY) AS usual_count_30d
    FROM (SELECT DISTINCT ON (feed, guid) feed, recorded_at FROM raw.entry ORDER BY feed, guid, recorded_at) AS entry
    CROSS JOIN clock
    LEFT JOIN polled USING (feed)
    GROUP BY entry.feed
),
judged AS (
    SELECT
        coalesce(listed.feed, polled.feed) AS feed,
        coalesce(polled.url, listed.url, polled.feed) AS url,
        listed.outlet,
        CASE
            WHEN listed.feed IS NULL OR listed.is_paused THEN 'paused'
            WHEN polled.reason = 'gone' THEN 'gone'
            WHEN polled.outcome = 'failed' THEN 'failing'
            WHEN polled.feed IS NULL OR polled.next_due_at < clock.last_run_at - INTERVAL 1 HOUR THEN 'late'
            -- Four times its usual gap and at least three days: weekends and holidays are no silence.
            WHEN polled.last_new_at < clock.last_run_at
                - greatest(INTERVAL 3 DAY, INTERVAL 30 DAY * (4.0 / greatest(habit.usual_count_30d, 1)))
                THEN 'silent'
            ELSE 'ok'
        END AS state,
        listed.feed IS NULL AS is_unlisted,
        polled.* EXCLUDE (feed, url),
        coalesce(habit.entry_count_30d, 0) AS entry_count_30d,
        clock.last_run_at
    FROM ref.feed AS listed
    FULL JOIN polled ON polled.feed = listed.feed
    LEFT JOIN habit ON habit.feed = polled.feed
    CROSS JOIN clock
)
SELECT
    feed,
    url,
    outlet,
    state,
    last_polled_at,
    status AS last_status,
    last_new_at,
    next_due_at,
    due_reason,
    coalesce(failure_count, 0) AS failure_count,
    entry_count_30d,
    CASE state
        WHEN 'paused' THEN if(is_unlisted, 'no longer in the feed list', 'paused in the feed list')
        WHEN 'gone' THEN 'the server says it is gone for good: look for a new address'
        WHEN 'failing'
            THEN concat(failure_count, if(failure_count = 1, ' failure: ', ' failures in a row: '), concat_ws(', ', reason, nullif(detail, '')))
        WHEN 'late' THEN if(last_polled_at IS NULL, 'never polled yet', 'was due and not asked: is the schedule running?')
        WHEN 'silent' THEN concat('nothing new for ', date_diff('day', last_new_at, last_run_at), ' days, longer than is usual for it')
        ELSE ''
    END AS note
FROM judged;
COMMENT ON VIEW feed_health IS
    'How each feed is doing as of the last run, and what to do about it. Grain: feed.';
