SELECT feed, polled_at, count(*) AS times FROM ops.poll GROUP BY ALL HAVING count(*) > 1
