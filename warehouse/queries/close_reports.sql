UPDATE core.report SET known_to = $known_at
WHERE known_to IS NULL
    AND last_on >= $first_on
    AND first_on <= $last_on
    AND claim_id IN (SELECT claim_id FROM changed_report)
