CREATE OR REPLACE VIEW rejections AS
SELECT
    rejection.url,
    arg_max_null(rejection.feed, (rejection.recorded_at, rejection.run_id)) AS feed,
    arg_max(rejection.stage, (rejection.recorded_at, rejection.run_id)) AS stage,
    arg_max(rejection.reason, (rejection.recorded_at, rejection.run_id)) AS reason,
    arg_max_null(rejection.detail, (rejection.recorded_at, rejection.run_id)) AS detail,
    count(DISTINCT rejection.run_id) AS attempts,
    min(rejection.recorded_at) AS first_at,
    max(rejection.recorded_at) AS last_at,
    arg_max(rejection.is_final, (rejection.recorded_at, rejection.run_id)) AS is_final
FROM ops.rejection AS rejection
WHERE NOT EXISTS (FROM raw.page AS page WHERE page.asked_url = rejection.url)
    AND NOT EXISTS (FROM core.article AS article WHERE article.url = rejection.url)
    -- A feed that was down and answers again is no longer given up.
    AND NOT (
        rejection.stage = 'poll'
        AND EXISTS (
            FROM ops.poll AS poll
            WHERE poll.feed = rejection.url AND poll.outcome <> 'failed' AND poll.recorded_at > rejection.recorded_at
        )
    )
GROUP BY rejection.url;
COMMENT ON VIEW rejections IS
    'One row per URL that did not become an article, as it stands after the last attempt; a URL that succeeded later is not here. Grain: url.';
