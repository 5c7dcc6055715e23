-- Measured at the time of the last run, not of the reader's clock: a snapshot says the same whenever it is read.
--
-- States in the order in which one hides another: a feed that is not asked on purpose (paused) has no other fault; what
-- the server says (gone, failing) explains why nothing comes; a feed that was not asked though it was due (late) cannot
-- be blamed for silence; one that brings nothing (silent) cannot bring less (drying).
CREATE OR REPLACE VIEW feed_health AS
WITH clock AS (
    SELECT greatest(
        (SELECT max(polled_at) FROM ops.poll),
        (SELECT max(coalesce(ended_at, started_at)) FROM ops.run)
    ) AS last_run_at
),
polled AS (
    SELECT
        poll.feed,
        arg_max(outcome, polled_at) AS outcome,
        arg_max_null(status, polled_at) AS status,
        arg_max_null(reason, polled_at) AS reason,
        arg_max_null(detail, polled_at) AS detail,
        arg_max_null(next_due_at, polled_at) AS next_due_at,
        arg_max(due_reason, polled_at) AS due_reason,
        coalesce(arg_max(failure_count, polled_at), 0) AS failure_count,
        max(polled_at) AS last_polled_at,
        max(polled_at) FILTER (outcome <> 'failed') AS last_answered_at,
        max(polled_at) FILTER (outcome = 'changed') AS last_changed_at,
        max(polled_at) FILTER (entries_new > 0) AS last_new_at,
        max(least(newest_entry_at, polled_at)) FILTER (newest_entry_at IS NOT NULL) AS newest_entry_at,
        max(entries_seen) AS most_entries_seen,
        arg_max(entries_seen, polled_at) FILTER (outcome = 'changed') AS last_entries_seen,
        count(DISTINCT polled_at::DATE) FILTER (
            outcome <> 'failed' AND polled_at > clock.last_run_at - INTERVAL 7 DAY
        ) AS answered_days,
        arg_max(final_url, polled_at) FILTER (outcome <> 'failed') AS url
    FROM ops.poll AS poll
    CROSS JOIN clock
    GROUP BY poll.feed
),
failing AS (
    SELECT poll.feed, min(poll.polled_at) AS failing_since_at
    FROM ops.poll AS poll
    JOIN polled ON polled.feed = poll.feed AND polled.outcome = 'failed'
    WHERE poll.polled_at > coalesce(polled.last_answered_at, '-infinity'::TIMESTAMPTZ)
    GROUP BY poll.feed
),
entry AS (
    SELECT DISTINCT ON (feed, guid)
        feed,
        recorded_at,
        -- When it came out. The first document of a feed brings what has gathered for months: undated, that says nothing.
        CASE
            WHEN coalesce(published_at, updated_at) IS NOT NULL THEN least(recorded_at, coalesce(published_at, updated_at))
            WHEN recorded_at > min(recorded_at) OVER (PARTITION BY feed) THEN recorded_at
        END AS came_at,
        coalesce(url, '') = '' OR coalesce(title, '') = ''
            -- Clocks and time zones are wrong by a day at most.
            OR coalesce(published_at > recorded_at + INTERVAL 1 DAY, false) AS is_bad
    FROM raw.entry
    ORDER BY feed, guid, recorded_at, entry_hash
),
habit AS (
    SELECT
        entry.feed,
        count(*) FILTER (entry.recorded_at > last_run_at - INTERVAL 30 DAY) AS entry_count_30d,
        -- The 30 days before its last new entry: what it does when it is well.
        count(*) FILTER (
            entry.came_at > last_new_at - INTERVAL 30 DAY AND entry.came_at <= last_new_at
        ) AS usual_count_30d,
        -- A week against the 30 days before it: whole weeks hold every weekday.
        count(*) FILTER (entry.came_at > last_run_at - INTERVAL 7 DAY) AS recent_count,
        count(*) FILTER (
            entry.came_at > last_run_at - INTERVAL 37 DAY AND entry.came_at <= last_run_at - INTERVAL 7 DAY
        ) AS before_count,
        max(entry.came_at) FILTER (entry.came_at <= last_run_at - INTERVAL 7 DAY) AS last_usual_at,
        count(*) FILTER (entry.recorded_at > last_run_at - INTERVAL 7 DAY) AS recent_recorded,
        count(*) FILTER (is_bad AND entry.recorded_at > last_run_at - INTERVAL 7 DAY) AS recent_bad,
        min(entry.recorded_at) FILTER (is_bad AND entry.recorded_at > last_run_at - INTERVAL 7 DAY) AS bad_since_at,
        count(*) FILTER (
            entry.recorded_at > last_run_at - INTERVAL 37 DAY AND entry.recorded_at <= last_run_at - INTERVAL 7 DAY
        ) AS before_recorded,
        count(*) FILTER (
            is_bad AND entry.recorded_at > last_run_at - INTERVAL 37 DAY
            AND entry.recorded_at <= last_run_at - INTERVAL 7 DAY
        ) AS before_bad
    FROM entry
    CROSS JOIN clock
    LEFT JOIN polled USING (feed)
    GROUP BY entry.feed
),
judged AS (
    SELECT
        coalesce(listed.feed, polled.feed) AS feed,
        coalesce(polled.url, listed.url, polled.feed) AS url,
        listed.outlet,
        listed.feed IS NULL AS is_unlisted,
        polled.* EXCLUDE (feed, url),
        failing.failing_since_at,
        habit.* EXCLUDE (feed),
        text_drift.* EXCLUDE (source),
        clock.last_run_at,
        -- New to us, or dated so by the feed itself where another feed had brought the same pages first.
        coalesce(greatest(last_new_at, newest_entry_at), last_changed_at) AS last_sign_at,
        -- An hour is long for a schedule of any kind, and short for a person who looks.
        polled.feed IS NULL OR polled.next_due_at < clock.last_run_at - INTERVAL 1 HOUR AS is_late,
        -- Four times its usual gap and at least three days: weekends and holidays are no silence.
        last_sign_at < clock.last_run_at
            - greatest(INTERVAL 3 DAY, INTERVAL 30 DAY * (4.0 / greatest(habit.usual_count_30d, 1))) AS is_silent,
        -- A document that was full and holds nothing at all; a day of that is a repair, not a state.
        polled.last_entries_seen = 0 AND polled.most_entries_seen > 0
            AND polled.last_changed_at <= clock.last_run_at - INTERVAL 1 DAY AS is_emptied,
        -- Less than a quarter of its own week. At three entries a day a week brings 21, and five or fewer by chance
        -- once in 30,000 weeks (Poisson); a slower feed is silent before this says anything. Only of a week in which
        -- the feed was read on six days: what our own pause cost is not the feed's fault.
        habit.before_count >= 90 AND habit.recent_count * 30 < habit.before_count * 7 / 4.0
            AND polled.answered_days >= 6 AS is_sparse,
        -- Ten entries at least on either side, and the rise that ops.text_drift explains.
        habit.recent_recorded >= 10 AND habit.before_recorded >= 10
            AND recent_bad / recent_recorded - (before_bad + 1) / (before_recorded + 2) >= greatest(
                0.2 + 2 / recent_recorded,
                4 * sqrt((before_bad + 1) / (before_recorded + 2) * (1 - (before_bad + 1) / (before_recorded + 2)) / recent_recorded)
            ) AS is_bad_risen
    FROM ref.feed AS listed
    FULL JOIN polled ON polled.feed = listed.feed
    LEFT JOIN failing ON failing.feed = polled.feed
    LEFT JOIN habit ON habit.feed = polled.feed
    LEFT JOIN ops.text_drift AS text_drift ON text_drift.source = coalesce(listed.outlet, polled.feed)
    CROSS JOIN clock
),
named AS (
    SELECT
        *,
        CASE
            WHEN is_unlisted OR feed IN (SELECT feed FROM ref.feed WHERE is_paused) THEN 'paused'
            WHEN reason = 'gone' THEN 'gone'
            WHEN outcome = 'failed' THEN 'failing'
            WHEN is_late THEN 'late'
            WHEN is_silent THEN 'silent'
            WHEN is_emptied OR is_sparse OR is_bad_risen OR has_empty_drift OR has_short_drift THEN 'drying'
            ELSE 'ok'
        END AS state
    FROM judged
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
    coalesce(entry_count_30d, 0) AS entry_count_30d,
    CASE state
        WHEN 'paused' THEN if(is_unlisted, 'no longer in the feed list', 'paused in the feed list')
        WHEN 'gone' THEN concat(
            'since ', strftime(failing_since_at, '%Y-%m-%d'), ' the server says it is gone for good: look for a new address'
        )
        WHEN 'failing' THEN concat(
            failure_count, if(failure_count = 1, ' failure', ' failures in a row'),
            ' since ', strftime(failing_since_at, '%Y-%m-%d'), ': ', concat_ws(', ', reason, nullif(detail, ''))
        )
        WHEN 'late' THEN if(
            last_polled_at IS NULL,
            'never polled yet',
            concat('was due on ', strftime(next_due_at, '%Y-%m-%d at %H:%M'), ' and not asked: is the schedule running?')
        )
        WHEN 'silent' THEN concat(
            'nothing new for ', date_diff('day', last_sign_at, last_run_at), ' days (since ',
            strftime(last_sign_at, '%Y-%m-%d'), '), longer than is usual for it'
        )
        WHEN 'drying' THEN concat_ws(
            '; ',
            if(is_emptied, concat('its document has held no entry since ', strftime(last_changed_at, '%Y-%m-%d')), NULL),
            if(is_sparse, concat(
                recent_count, if(recent_count = 1, ' entry', ' entries'), ' in the last 7 days, where ',
                round(before_count * 7 / 30)::BIGINT, ' are usual (since ', strftime(last_usual_at, '%Y-%m-%d'), ')'
            ), NULL),
            if(is_bad_risen, concat(
                recent_bad, ' of ', recent_recorded, ' new entries since ', strftime(bad_since_at, '%Y-%m-%d'),
                ' have no link, no title or a date in the future, ', round(100 * before_bad / before_recorded)::BIGINT,
                ' % before'
            ), NULL),
            if(has_empty_drift, concat(
                recent_empty, ' of its last ', recent_pages, ' pages gave no text since ',
                strftime(empty_since_at, '%Y-%m-%d'), ', mostly ', main_reason, '; ',
                round(100 * usual_empty_text_ratio)::BIGINT, ' % before'
            ), NULL),
            if(has_short_drift, concat(
                'its texts are ', text_characters, ' characters long since ', strftime(recent_from_at, '%Y-%m-%d'),
                ', where ', usual_text_characters, ' are usual'
            ), NULL)
        )
        ELSE ''
    END AS note,
    CASE state
        WHEN 'gone' THEN failing_since_at
        WHEN 'failing' THEN failing_since_at
        WHEN 'late' THEN next_due_at
        WHEN 'silent' THEN last_sign_at
        WHEN 'drying' THEN least(
            if(is_emptied, last_changed_at, NULL),
            if(is_sparse, last_usual_at, NULL),
            if(is_bad_risen, bad_since_at, NULL),
            if(has_empty_drift, empty_since_at, NULL),
            if(has_short_drift, recent_from_at, NULL)
        )
    END AS state_since_at,
    round(recent_bad / nullif(recent_recorded, 0), 3) AS bad_entry_ratio,
    round(before_bad / nullif(before_recorded, 0), 3) AS usual_bad_entry_ratio,
    empty_text_ratio,
    usual_empty_text_ratio,
    text_characters,
    usual_text_characters
FROM named;
COMMENT ON VIEW feed_health IS
    'One row per feed: how it does as of the last run, and what to do about it. Grain: feed.';
