-- Where it happened: facts of the theatre that name a place, by place and kind.
SELECT
    place.name AS place,
    fact.kind,
    count(*) AS facts,
    max(coalesce(fact.event_end, fact.last_published_at::DATE)) AS newest,
    any_value(fact.latitude) AS latitude,
    any_value(fact.longitude) AS longitude,
    arg_max(fact.fact_id, (fact.last_published_at, fact.fact_id)) AS fact_id
FROM facts AS fact
JOIN ref.place AS place ON place.mission = fact.mission AND place.place_id = fact.place_id
WHERE fact.mission = $mission
    AND fact.latitude IS NOT NULL
    AND place.kind <> 'country'
    AND fact.country = (SELECT any_value(theatre) FROM ref.mission WHERE mission = $mission)
    AND fact.kind IN ('casualty', 'displacement', 'deployment', 'strength', 'control', 'need', 'equipment', 'withdrawal')
    AND fact.status = 'done'
    AND fact.agreement <> 'denied'
GROUP BY place.place_id, place.name, fact.kind
ORDER BY facts DESC, place.name, fact.kind
