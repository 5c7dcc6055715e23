SELECT fact_id, count(*) AS versions
FROM core.fact
WHERE known_to IS NULL
GROUP BY fact_id
HAVING count(*) > 1
