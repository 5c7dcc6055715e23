-- What was removed on request, with the addresses that are not to be asked for again.
SELECT
    takedown.article_id,
    takedown.url,
    takedown.reason,
    (
        SELECT list(DISTINCT rejection.url ORDER BY rejection.url)
        FROM ops.rejection AS rejection
        WHERE rejection.reason = 'taken_down'
            AND rejection.recorded_at = takedown.recorded_at
            AND rejection.detail = takedown.reason
    ) AS urls
FROM ops.takedown AS takedown
ORDER BY takedown.recorded_at, takedown.article_id
