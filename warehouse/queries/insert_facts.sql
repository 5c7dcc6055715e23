INSERT INTO core.fact BY NAME
SELECT *, $known_at::TIMESTAMPTZ AS known_from
FROM changed_fact
ORDER BY first_recorded_at, fact_id
