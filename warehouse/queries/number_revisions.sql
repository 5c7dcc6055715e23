-- Revisions count in the order of fetching, so that they come out the same in whatever order batches arrive.
UPDATE core.article_version AS version
SET revision = numbered.revision, is_newest = numbered.is_newest
FROM (
    SELECT
        article_id,
        fetched_at,
        version_id,
        row_number() OVER one_article AS revision,
        lead(fetched_at) OVER one_article IS NULL AS is_newest
    FROM core.article_version
    WHERE article_id IN (SELECT article_id FROM incoming_reading) AND recorded_at >= getvariable('known_since')
    WINDOW one_article AS (PARTITION BY article_id ORDER BY fetched_at, version_id)
) AS numbered
WHERE version.article_id = numbered.article_id
    AND version.fetched_at = numbered.fetched_at
    AND version.version_id = numbered.version_id
    AND version.recorded_at >= getvariable('known_since')
    AND (version.revision <> numbered.revision OR version.is_newest <> numbered.is_newest)
