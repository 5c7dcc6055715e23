-- What counts now of the articles touched; no report is older than its article, so $since lets DuckDB skip the rest.
SELECT * EXCLUDE (known_from, known_to)
FROM core.report
WHERE known_to IS NULL AND recorded_at >= $since AND article_id IN (SELECT article_id FROM touched_article)
