-- People living displaced as it was known: every report of a level, by the moment it was published.
SELECT
    report.published_at,
    coalesce(fact.place, theatre.name, 'not said') AS place,
    coalesce(report.value_best, report.value_low) AS people,
    report.qualifier,
    fact.as_of,
    report.voice,
    report.outlet,
    report.fact_id
FROM core.report AS report
JOIN displacement AS fact USING (fact_id)
LEFT JOIN ref.mission AS mission ON mission.mission = fact.mission
LEFT JOIN ref.actor AS theatre ON theatre.mission = fact.mission AND theatre.actor = mission.theatre
WHERE report.known_to IS NULL
    AND fact.mission = $mission
    AND fact.measure = 'stock'
    AND fact.unit = 'person'
    AND report.status = 'done'
    AND report.polarity IS DISTINCT FROM '-'
    AND coalesce(report.value_best, report.value_low) > 0
    AND report.published_at IS NOT NULL
ORDER BY report.published_at DESC, people DESC, report.claim_id
