-- Articles that corrections are about, or were until now, and those that carry the same text.
CREATE OR REPLACE TEMP TABLE touched_article AS
WITH meant AS (
    SELECT DISTINCT article_id
    FROM core.claim
    SEMI JOIN (
        SELECT claim_id FROM corrected_before
        UNION
        SELECT claim_id FROM core.correction_link
    ) AS named USING (claim_id)
),
copied AS (
    SELECT DISTINCT copy_group_id
    FROM core.article_version
    SEMI JOIN meant USING (article_id)
    WHERE is_newest AND copy_group_id IS NOT NULL
)
SELECT version.article_id, version.version_id, article.recorded_at
FROM core.article_version AS version
JOIN core.article AS article USING (article_id)
WHERE version.is_newest
    AND (
        version.article_id IN (SELECT article_id FROM meant)
        OR version.copy_group_id IN (SELECT copy_group_id FROM copied)
    )
