-- Every text of some days, in batches in the order of recording. Only what every schema since 5 has is asked for: the
-- snapshot may be older than this release, and is not written to.
CREATE OR REPLACE TEMP TABLE chosen_text AS
SELECT
    version_id,
    place,
    (row_number() OVER (ORDER BY known_from, seen_at, version_id) - 1) // $batch_size AS batch
FROM (
    SELECT version_id, min(recorded_at) AS known_from, min(fetched_at) AS seen_at, arg_min(rowid, (fetched_at, rowid)) AS place
    FROM core.article_version
    WHERE coalesce(published_at, fetched_at)::DATE BETWEEN $since AND $until
    GROUP BY version_id
)
