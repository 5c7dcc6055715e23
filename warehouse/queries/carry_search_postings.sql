-- They keep the order of words that they were written in, by which DuckDB skips what a search does not ask for.
INSERT INTO search.posting
SELECT * FROM earlier.search.posting SEMI JOIN search.document USING (document_number)
