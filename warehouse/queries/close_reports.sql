-- How a report stands to its fact is kept for those that count: it changes with what else is told.
UPDATE core.report SET known_to = $known_at, relation = NULL
WHERE known_to IS NULL
    AND last_on >= $first_on
    AND first_on <= $last_on
    AND claim_id IN (SELECT claim_id FROM changed_report)
