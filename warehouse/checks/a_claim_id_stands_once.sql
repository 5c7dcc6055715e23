SELECT claim_id, count(*) AS times FROM core.claim GROUP BY claim_id HAVING count(*) > 1
