-- Killed, injured and kidnapped as they were known: every report, by the moment it was published.
SELECT
    report.published_at,
    fact.subkind AS harm,
    if(fact.measure = 'cumulative', 'Totals over a period', 'Single events') AS told_as,
    coalesce(report.value_best, report.value_low) AS people,
    report.qualifier,
    coalesce(fact.place, 'not said') AS place,
    fact.event_start AS from_day,
    fact.event_end AS to_day,
    report.voice,
    report.outlet,
    report.fact_id
FROM core.report AS report
JOIN casualties AS fact USING (fact_id)
WHERE report.known_to IS NULL
    AND fact.mission = $mission
    AND fact.measure IN ('flow', 'cumulative')
    AND report.status = 'done'
    AND report.polarity IS DISTINCT FROM '-'
    AND coalesce(report.value_best, report.value_low) > 0
    AND report.published_at IS NOT NULL
ORDER BY report.published_at DESC, people DESC, report.claim_id
