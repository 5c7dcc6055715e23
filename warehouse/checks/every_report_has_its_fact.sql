SELECT report.claim_id, report.fact_id
FROM core.report AS report
WHERE report.known_to IS NULL
    AND NOT EXISTS (FROM core.fact AS fact WHERE fact.known_to IS NULL AND fact.fact_id = report.fact_id)
