UPDATE core.report SET known_to = $known_at
WHERE known_to IS NULL AND claim_id IN (SELECT claim_id FROM changed_report)
