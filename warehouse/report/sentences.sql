-- What stands behind the newest facts: of each the first eight sentences that told it.
SELECT
    report.fact_id,
    report.sentence,
    report.outlet,
    report.voice,
    report.published_at,
    report.url,
    report.relation
FROM core.report AS report
WHERE report.known_to IS NULL
    AND report.fact_id IN (
        SELECT fact_id
        FROM facts
        WHERE mission = $mission
        ORDER BY last_published_at DESC NULLS LAST, n_independent DESC, fact_id
        LIMIT 300
    )
QUALIFY row_number() OVER (PARTITION BY report.fact_id ORDER BY report.published_at, report.claim_id) <= 8
ORDER BY report.fact_id, report.published_at, report.claim_id
