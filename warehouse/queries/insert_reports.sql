INSERT INTO core.report BY NAME
SELECT *, $known_at::TIMESTAMPTZ AS known_from
FROM changed_report
WHERE fact_id IS NOT NULL
ORDER BY first_on, claim_id
