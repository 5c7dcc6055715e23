-- A figure that holds from day to day continues in the later levels of its series; a total for a period in those of the
-- same first day.
CREATE OR REPLACE MACRO growth_of(id) AS TABLE
WITH asked AS (
    SELECT fact.*
    FROM core.fact AS fact
    WHERE fact.known_to IS NULL
        AND fact.fact_id = (SELECT fact_id FROM history_of(id) WHERE known_to IS NULL ORDER BY known_from DESC LIMIT 1)
),
series AS (
    SELECT fact.fact_id
    FROM core.fact AS fact
    JOIN asked ON asked.stream = fact.stream
    WHERE fact.known_to IS NULL
        AND (
            fact.fact_id = asked.fact_id
            OR asked.rule IN ('level', 'standing')
            OR (asked.rule = 'period' AND fact.actor IS NOT DISTINCT FROM asked.actor AND fact.event_start = asked.event_start)
        )
)
SELECT
    report.published_at,
    report.recorded_at,
    report.as_of,
    report.value_low,
    report.value_best,
    report.value_high,
    report.qualifier,
    report.voice,
    report.relation,
    report.outlet,
    report.sentence,
    report.url,
    report.claim_id,
    report.fact_id
FROM core.report AS report
WHERE report.known_to IS NULL AND report.fact_id IN (FROM series)
ORDER BY report.published_at, report.article_id, report.sentence, report.claim_id;
COMMENT ON MACRO TABLE growth_of IS
    'One row per report of one fact and of its series (the levels before and after), in the order in which they were published: how the figure grew. The beginning of the id is enough, as for history_of. Grain: claim.';
