-- How many were there, by contributor and day: of several figures of one day the highest, which holds its parts.
SELECT
    -- The short names of forces are the known ones.
    coalesce(force.actor, fact.actor_name, fact.actor, 'not said') AS contributor,
    coalesce(fact.as_of, fact.event_start, fact.first_published_at::DATE) AS day,
    max(fact.value_best) AS people,
    arg_max(fact.qualifier, (fact.value_best, fact.fact_id)) AS qualifier,
    arg_max(fact.n_independent, (fact.value_best, fact.fact_id)) AS voices,
    arg_max(fact.fact_id, (fact.value_best, fact.fact_id)) AS fact_id
FROM strength AS fact
LEFT JOIN ref.force AS force ON force.mission = fact.mission AND force.actor = fact.actor
WHERE fact.mission = $mission
    AND fact.measure = 'stock'
    AND fact.status = 'done'
    AND fact.agreement <> 'denied'
    AND fact.value_best IS NOT NULL
GROUP BY ALL
ORDER BY day DESC, people DESC, contributor
