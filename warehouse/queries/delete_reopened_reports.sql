DELETE FROM core.report
WHERE known_to IS NULL AND known_from = $known_at AND claim_id IN (SELECT claim_id FROM reopened_report)
