-- How many texts there are for some days, and how many of them not all of today's extractors have read.
WITH reader AS (
    SELECT unnest(from_json(
        $readers::VARCHAR, '[{"mission": "VARCHAR", "extractor": "VARCHAR", "extractor_version": "VARCHAR"}]'
    ), recursive := true)
),
has_read AS (
    SELECT version_id, count(*) AS reader_count
    FROM core.extraction SEMI JOIN reader USING (mission, extractor, extractor_version)
    WHERE NOT is_superseded
    GROUP BY version_id
),
text AS (
    SELECT DISTINCT version_id
    FROM core.article_version
    WHERE coalesce(published_at, fetched_at)::DATE BETWEEN $since AND $until
)
SELECT count(*), count(*) FILTER (coalesce(reader_count, 0) < (SELECT count(*) FROM reader))
FROM text LEFT JOIN has_read USING (version_id)
