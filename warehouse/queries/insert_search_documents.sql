INSERT INTO search.document
SELECT
    incoming.document_number,
    incoming.article_id,
    incoming.version_id,
    coalesce(counted.word_count, 0),
    true
FROM incoming
LEFT JOIN (SELECT document_number, sum(occurrences) AS word_count FROM form GROUP BY document_number) AS counted
    USING (document_number)
