SELECT fact.fact_id
FROM facts AS fact
WHERE NOT EXISTS (FROM fact_claims AS link WHERE link.fact_id = fact.fact_id)
