SELECT 'rejection' AS of, url, reason
FROM ops.rejection
WHERE reason NOT IN (SELECT reason FROM ref.reason)
UNION ALL
SELECT 'poll', feed, reason
FROM ops.poll
WHERE reason IS NOT NULL AND reason NOT IN (SELECT reason FROM ref.reason)
