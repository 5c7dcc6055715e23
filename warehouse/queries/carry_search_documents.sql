INSERT INTO search.document
SELECT * FROM earlier.search.document SEMI JOIN chosen USING (version_id)
