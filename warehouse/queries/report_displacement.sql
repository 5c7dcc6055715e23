-- Driven from home: one row a figure, with who says so.
SELECT
    coalesce(facts.qualifier, '') AS about,
    coalesce(facts.value_best, facts.value_low, facts.value_high) AS people,
    facts.unit,
    facts.measure,
    coalesce(facts.place, facts.actor_name) AS place,
    string_agg(DISTINCT coalesce(claims.source_name, claims.outlet), ', ' ORDER BY coalesce(claims.source_name, claims.outlet)) AS says
FROM displacement AS facts
JOIN fact_claims USING (fact_id)
JOIN claims USING (claim_id)
WHERE coalesce(facts.value_best, facts.value_low, facts.value_high) IS NOT NULL
GROUP BY ALL
ORDER BY people DESC, place, measure, about, says
