-- Of two loads of one moment the second may undo what the first did: whoever ends as it began has never changed.
CREATE OR REPLACE TEMP TABLE reopened_report AS
SELECT claim_id
FROM (
    SELECT * EXCLUDE (known_from, known_to, relation)
    FROM core.report
    WHERE known_to = $known_at AND last_on >= $first_on AND first_on <= $last_on
    INTERSECT
    SELECT * EXCLUDE (known_from, known_to, relation)
    FROM core.report
    WHERE known_to IS NULL AND known_from = $known_at AND last_on >= $first_on AND first_on <= $last_on
)
