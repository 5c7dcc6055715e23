-- Those whose wording is not to be searched any more, or all where the rules are others.
CREATE OR REPLACE TEMP TABLE gone_document AS
SELECT document_number
FROM search.document
WHERE NOT $is_usable OR version_id NOT IN (SELECT version_id FROM chosen)
