-- Those that are not in the index yet, as many as fit into memory with all their words.
CREATE OR REPLACE TEMP TABLE incoming AS
SELECT
    ((SELECT coalesce(max(document_number), 0) FROM search.document) + row_number() OVER (ORDER BY version_id))::INTEGER
        AS document_number,
    article_id,
    version_id,
    language
FROM chosen
ANTI JOIN search.document USING (version_id)
ORDER BY version_id
LIMIT $most
