SELECT claim_id, count(*) AS facts
FROM core.report
WHERE known_to IS NULL
GROUP BY claim_id
HAVING count(*) > 1
