UPDATE core.report SET known_to = NULL
WHERE known_to = $known_at AND claim_id IN (SELECT claim_id FROM reopened_report)
