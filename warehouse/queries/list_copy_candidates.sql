-- The articles that carry the texts of this load, and all texts that hang together with them by links. A day without
-- an hour (midnight) counts as the end of that day, and nothing came out later than it was fetched.
WITH RECURSIVE connected AS (
    SELECT DISTINCT text_id FROM touched_text
    UNION
    SELECT link.other_text_id AS text_id
    FROM connected
    JOIN core.copy_link AS link USING (text_id)
),
version AS (
    SELECT
        *,
        count(DISTINCT article_id) OVER (PARTITION BY text_id) AS article_count
    FROM core.article_version
    WHERE text_id IN (SELECT text_id FROM connected)
),
marked AS (
    FROM version
    WHERE article_count > 1
        OR copy_role <> 'none'
        OR text_id IN (SELECT text_id FROM core.copy_link)
)
SELECT
    marked.text_id,
    marked.article_id,
    bool_or(article.outlet = marked.agency OR publisher.kind IS NOT NULL) IS TRUE AS is_agency,
    min(least(
        marked.fetched_at,
        if(
            marked.published_at = date_trunc('day', marked.published_at),
            marked.published_at + INTERVAL 1 DAY,
            marked.published_at
        )
    )) AS first_at,
    any_value(marked.copy_group_id) AS copy_group_id,
    any_value(marked.copy_role) AS copy_role,
    count(DISTINCT (marked.copy_group_id, marked.copy_role)) AS marking_count
FROM marked
JOIN core.article AS article USING (article_id)
LEFT JOIN (SELECT DISTINCT outlet, kind FROM ref.publisher WHERE kind = 'agency') AS publisher
    ON publisher.outlet = article.outlet
GROUP BY marked.text_id, marked.article_id
