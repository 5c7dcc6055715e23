-- Killed, injured, kidnapped: one row a figure, with who says so.
SELECT
    facts.subkind AS harm,
    coalesce(facts.qualifier, '') AS about,
    coalesce(facts.value_best, facts.value_low, facts.value_high) AS people,
    facts.measure,
    coalesce(facts.event_start::VARCHAR || ' to ' || facts.event_end::VARCHAR, 'period not told') AS period,
    string_agg(DISTINCT coalesce(claims.source_name, claims.outlet), ', ' ORDER BY coalesce(claims.source_name, claims.outlet)) AS says
FROM casualties AS facts
JOIN fact_claims USING (fact_id)
JOIN claims USING (claim_id)
WHERE coalesce(facts.value_best, facts.value_low, facts.value_high) IS NOT NULL
GROUP BY ALL
ORDER BY people DESC, harm, period, measure, about, says
