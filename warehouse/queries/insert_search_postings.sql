-- In the order of words, by which DuckDB skips what a search does not ask for.
INSERT INTO search.posting
SELECT strip_accents(form) AS word, document_number, sum(occurrences)
FROM form
GROUP BY ALL
ORDER BY word, document_number
