CREATE OR REPLACE TEMP TABLE sorted_posting AS
FROM search.posting
ORDER BY word, document_number
