-- The same text under several URLs: the one recorded first is the original, among those of one load the one published
-- first; the others are copies. The group is named after the original's article.
UPDATE core.article_version AS version
SET copy_group_id = marked.copy_group_id, copy_role = marked.copy_role
FROM (
    SELECT
        ranked.article_id,
        ranked.fetched_at,
        ranked.version_id,
        first_value(ranked.article_id) OVER same_text AS copy_group_id,
        if(ranked.article_id = first_value(ranked.article_id) OVER same_text, 'original', 'copy') AS copy_role
    FROM (
        SELECT
            version.article_id, version.fetched_at, version.version_id, version.text_hash,
            version.recorded_at, version.published_at,
            article.url,
            min(version.article_id) OVER (PARTITION BY version.text_hash)
                <> max(version.article_id) OVER (PARTITION BY version.text_hash) AS is_shared
        FROM core.article_version AS version
        JOIN core.article AS article USING (article_id)
        WHERE version.text_hash IN (SELECT text_hash FROM incoming_reading WHERE text <> '')
    ) AS ranked
    WHERE ranked.is_shared
    WINDOW same_text AS (
        PARTITION BY ranked.text_hash
        ORDER BY ranked.recorded_at, ranked.published_at NULLS LAST, ranked.url
    )
) AS marked
WHERE version.article_id = marked.article_id
    AND version.fetched_at = marked.fetched_at
    AND version.version_id = marked.version_id
    AND (version.copy_group_id IS DISTINCT FROM marked.copy_group_id OR version.copy_role <> marked.copy_role)
