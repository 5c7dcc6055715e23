-- What came of the pages of a source lately, against what came of them before: nobody watches this live.
--
-- Lately: the pages of the last three days, and where these are fewer than ten, the ten newest. Before: the 30 days
-- before the oldest of those. A source with fewer than ten pages on either side is not judged.
CREATE OR REPLACE VIEW ops.text_drift AS
WITH clock AS (
    SELECT greatest(
        (SELECT max(polled_at) FROM ops.poll),
        (SELECT max(coalesce(ended_at, started_at)) FROM ops.run)
    ) AS last_run_at
),
asked AS (
    SELECT
        page.feed,
        page.asked_url AS url,
        page.fetched_at AS asked_at,
        length(version.text) AS characters,
        NULL AS reason
    FROM raw.page AS page
    JOIN core.article_version AS version USING (article_id, version_id)
    CROSS JOIN clock
    WHERE page.feed IS NOT NULL
        AND page.fetched_at > clock.last_run_at - INTERVAL 60 DAY
        AND version.recorded_at > clock.last_run_at - INTERVAL 90 DAY
    UNION ALL
    -- Our own faults say nothing of the source.
    SELECT rejection.feed, rejection.url, rejection.recorded_at, NULL, rejection.reason
    FROM ops.rejection AS rejection
    CROSS JOIN clock
    WHERE rejection.feed IS NOT NULL
        AND rejection.stage IN ('fetch', 'clean')
        AND rejection.reason NOT IN ('network_down', 'internal_error', 'private_address', 'taken_down')
        AND rejection.recorded_at > clock.last_run_at - INTERVAL 60 DAY
),
page AS (
    -- A page that came at the second try came.
    SELECT
        coalesce(listed.outlet, asked.feed) AS source,
        asked.url,
        max(asked.asked_at) AS asked_at,
        max(asked.characters) AS characters,
        arg_max(asked.reason, (asked.asked_at, asked.reason)) AS reason
    FROM asked
    JOIN ref.feed AS listed USING (feed)
    GROUP BY ALL
),
ranked AS (
    SELECT
        page.*,
        characters IS NULL AS is_empty,
        row_number() OVER (PARTITION BY source ORDER BY asked_at DESC, url) <= 10
            OR asked_at > clock.last_run_at - INTERVAL 3 DAY AS is_recent,
        max(asked_at) FILTER (characters IS NOT NULL) OVER (PARTITION BY source) AS last_text_at
    FROM page
    CROSS JOIN clock
),
placed AS (
    SELECT *, min(asked_at) FILTER (is_recent) OVER (PARTITION BY source) AS recent_from_at FROM ranked
),
counted AS (
    SELECT
        source,
        any_value(recent_from_at) AS recent_from_at,
        count(*) FILTER (is_recent) AS recent_pages,
        count(*) FILTER (is_recent AND is_empty) AS recent_empty,
        count(*) FILTER (is_recent AND NOT is_empty) AS recent_texts,
        min(asked_at) FILTER (is_recent AND is_empty) AS empty_since_at,
        mode(reason ORDER BY reason) FILTER (is_recent AND is_empty) AS main_reason,
        median(characters) FILTER (is_recent) AS text_characters,
        count(*) FILTER (NOT is_recent) AS before_pages,
        count(*) FILTER (NOT is_recent AND is_empty) AS before_empty,
        count(*) FILTER (NOT is_recent AND NOT is_empty) AS before_texts,
        median(characters) FILTER (NOT is_recent) AS usual_text_characters
    FROM placed
    WHERE is_recent OR asked_at > recent_from_at - INTERVAL 30 DAY
    GROUP BY source
),
measured AS (
    SELECT
        *,
        -- With one of each kind added, so that a source that never failed is not held to have no chance of it.
        (before_empty + 1) / (before_pages + 2) AS expected_ratio
    FROM counted
)
SELECT
    source,
    recent_from_at,
    recent_pages,
    recent_empty,
    empty_since_at,
    main_reason,
    round(recent_empty / nullif(recent_pages, 0), 3) AS empty_text_ratio,
    round(before_empty / nullif(before_pages, 0), 3) AS usual_empty_text_ratio,
    text_characters::BIGINT AS text_characters,
    usual_text_characters::BIGINT AS usual_text_characters,
    -- A rise by a fifth and two pages, and by four standard errors. Of ten pages these are five where none was usual,
    -- six where one was, nine where three were: chance alone does that less than once in 6,000 times (binomial).
    recent_pages >= 10 AND before_pages >= 10
        AND recent_empty / recent_pages - expected_ratio
        >= greatest(0.2 + 2 / recent_pages, 4 * sqrt(expected_ratio * (1 - expected_ratio) / recent_pages)) AS has_empty_drift,
    recent_texts >= 10 AND before_texts >= 10 AND text_characters < usual_text_characters / 3.0 AS has_short_drift
FROM measured;
COMMENT ON VIEW ops.text_drift IS
    'Whether the pages of a source turn empty or short against its own 30 days before. Grain: source, an outlet of the feed list.';
