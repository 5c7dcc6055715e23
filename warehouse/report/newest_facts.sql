-- The newest facts, by the moment they were last told.
SELECT
    fact.fact_id,
    fact.kind,
    fact.subkind,
    fact.measure,
    coalesce(fact.actor_name, fact.actor) AS actor,
    coalesce(fact.target_name, fact.target) AS target,
    fact.person,
    fact.role,
    fact.place,
    fact.value_low,
    fact.value_best,
    fact.value_high,
    fact.qualifier,
    coalesce(fact.unit_class, fact.unit) AS unit,
    fact.currency,
    fact.status,
    fact.polarity,
    fact.event_start,
    fact.event_end,
    fact.as_of,
    fact.agreement,
    fact.n_claims,
    fact.n_outlets,
    fact.n_independent,
    fact.last_published_at,
    fact.sentence
FROM facts AS fact
WHERE fact.mission = $mission
ORDER BY fact.last_published_at DESC NULLS LAST, fact.n_independent DESC, fact.fact_id
LIMIT 300
