SELECT run_id, count(*) AS times FROM ops.run GROUP BY run_id HAVING count(*) > 1
