-- Texts of spools and of ledgers that an earlier release wrote.
SELECT text_id, any_value(text) AS text
FROM core.article_version
WHERE text_id IN (SELECT text_id FROM incoming_text WHERE shingles IS NULL)
GROUP BY text_id
ORDER BY text_id
LIMIT $count
