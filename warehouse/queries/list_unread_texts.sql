-- The next texts that not all of today's extractors have read, in the order of recording; a wording that came back is
-- one text, with the day of publication that it had first. The texts are looked up last, by their place in the table.
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
next_text AS (
    SELECT version_id, min(recorded_at) AS known_from, min(fetched_at) AS seen_at, arg_min(rowid, (fetched_at, rowid)) AS place
    FROM core.article_version
    WHERE coalesce(published_at, fetched_at)::DATE BETWEEN $since AND $until
    GROUP BY version_id
    HAVING (known_from, seen_at, version_id) > ($known_from::TIMESTAMPTZ, $seen_at::TIMESTAMPTZ, $version_id)
)
SELECT
    text.article_id, text.version_id, text.title, text.text, text.language, text.published_on,
    next_text.known_from, next_text.seen_at
FROM (
    SELECT next_text.*
    FROM next_text
    LEFT JOIN has_read USING (version_id)
    WHERE coalesce(reader_count, 0) < (SELECT count(*) FROM reader)
    ORDER BY known_from, seen_at, version_id
    LIMIT $text_count
) AS next_text
JOIN core.article_version AS text ON text.rowid = next_text.place
ORDER BY next_text.known_from, next_text.seen_at, text.version_id
