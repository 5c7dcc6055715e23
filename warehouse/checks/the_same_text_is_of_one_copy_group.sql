SELECT text_hash, count(DISTINCT article_id) AS articles
FROM core.article_version
WHERE text <> ''
GROUP BY text_hash
HAVING count(DISTINCT article_id) > 1
    AND (count(DISTINCT copy_group_id) <> 1 OR count(DISTINCT article_id) FILTER (copy_role = 'original') <> 1)
