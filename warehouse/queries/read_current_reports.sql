-- What counts now of the articles touched; also of articles that were in a copy group with one of them.
SELECT * EXCLUDE (known_from, known_to)
FROM core.report
WHERE known_to IS NULL
    AND (article_id IN (SELECT article_id FROM touched_article) OR origin_id IN (SELECT article_id FROM touched_article))
