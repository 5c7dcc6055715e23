-- The articles that carry a connected text, where others do too, or did. A day without an hour (midnight) counts as the
-- end of that day, and nothing came out later than it was fetched. Constant bounds keep the rest of the table unread.
WITH version AS (
    SELECT
        *,
        count(DISTINCT article_id) OVER (PARTITION BY text_id) AS article_count
    FROM core.article_version
    WHERE out_on BETWEEN $first_on::DATE AND $last_on::DATE
        AND text_id IN (SELECT text_id FROM connected_text)
)
SELECT
    text_id,
    article_id,
    bool_or(is_agency) AS is_agency,
    min(least(
        fetched_at,
        if(published_at = date_trunc('day', published_at), published_at + INTERVAL 1 DAY, published_at)
    )) AS first_at,
    min(agency) AS agency,
    any_value(copy_group_id) AS copy_group_id,
    any_value(copy_role) AS copy_role,
    any_value(copy_agency) AS copy_agency,
    count(DISTINCT (copy_group_id, copy_role, copy_agency)) AS marking_count
FROM version
WHERE article_count > 1
    OR copy_role <> 'none'
    OR text_id IN (SELECT text_id FROM core.copy_link)
GROUP BY text_id, article_id
