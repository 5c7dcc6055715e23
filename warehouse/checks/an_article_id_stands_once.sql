SELECT article_id, count(*) AS times FROM core.article GROUP BY article_id HAVING count(*) > 1
