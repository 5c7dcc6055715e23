SELECT version_id, mission, extractor, count(*) AS times
FROM core.extraction
WHERE NOT is_superseded
GROUP BY version_id, mission, extractor
HAVING count(*) > 1
