-- A word of the headline counts as three of the text.
CREATE OR REPLACE TEMP TABLE form AS
SELECT document_number, language, form, sum(weight) AS occurrences
FROM (
    SELECT incoming.document_number, incoming.language, 3 AS weight, unnest(search.forms_of(version.title)) AS form
    FROM incoming
    JOIN core.article_version AS version ON version.version_id = incoming.version_id AND version.is_newest
    UNION ALL
    SELECT incoming.document_number, incoming.language, 1 AS weight, unnest(search.forms_of(version.text)) AS form
    FROM incoming
    JOIN core.article_version AS version ON version.version_id = incoming.version_id AND version.is_newest
)
GROUP BY ALL
HAVING strip_accents(form) NOT IN (SELECT word FROM search.stop_word)
