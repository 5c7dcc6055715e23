-- Articles in the order of recording, a few thousand at a time; those of one moment are not parted.
SELECT min(recorded_at) AS first_at, max(recorded_at) AS last_at
FROM (
    SELECT recorded_at, (sum(count(*)) OVER (ORDER BY recorded_at) - 1) // 5000 AS slice
    FROM core.article
    GROUP BY recorded_at
)
GROUP BY slice
ORDER BY slice
