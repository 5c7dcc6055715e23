-- Personnel as in the UN's table of uniformed personnel by contributing country (DPO-UCHISTORICAL): 9 columns, one row per
-- contributor and month, the last level told of it. The UN counts women and men apart, which the press seldom does: what
-- it tells stands in a tenth column.
WITH candidate AS (
    SELECT
        fact.*,
        contributor.country AS contributor,
        coalesce(fact.as_of, fact.event_end, fact.last_published_at::DATE) AS holds_on
    FROM facts AS fact
    JOIN ref.mission AS mission ON mission.mission = fact.mission
    JOIN ref.actor AS contributor ON contributor.mission = fact.mission AND contributor.actor = fact.actor
    WHERE fact.kind = 'strength'
        AND fact.measure IN ('stock', 'cumulative')
        AND fact.status = 'done'
        AND fact.polarity = '+'
        AND fact.agreement <> 'denied'
        AND fact.unit IS DISTINCT FROM 'percent'
        AND fact.value_best IS NOT NULL
        AND contributor.type IN ('state', 'government', 'police', 'army')
        -- The host's own forces are not contributed.
        AND contributor.country <> mission.theatre
),
part AS (
    SELECT DISTINCT part.fact_id
    FROM core.report AS part
    JOIN core.report AS whole ON whole.claim_id = part.part_of AND whole.fact_id <> part.fact_id
    WHERE part.known_to IS NULL AND whole.known_to IS NULL AND whole.fact_id IN (SELECT fact_id FROM candidate)
),
latest AS (
    -- Of two figures of one day the better attested, then the larger: who counts all counts more than who counts some.
    SELECT *
    FROM candidate
    WHERE fact_id NOT IN (SELECT fact_id FROM part)
    QUALIFY row_number() OVER (
        PARTITION BY mission, contributor, date_trunc('month', holds_on)
        ORDER BY holds_on DESC, n_independent DESC, value_best DESC, fact_id
    ) = 1
),
force AS (
    SELECT mission, actor, count(*) OVER (PARTITION BY mission) AS siblings FROM ref.force
)
SELECT
    NULL::INTEGER AS contribution_id,
    latest.contributor::VARCHAR AS isocode3,
    NULL::INTEGER AS m49_code,
    state.name::VARCHAR AS contributing_country,
    force.actor::VARCHAR AS mission_acronym,
    if(latest.unit_class = 'soldiers', 'Troops', NULL)::VARCHAR AS personnel_type,
    NULL::INTEGER AS female_personnel,
    NULL::INTEGER AS male_personnel,
    latest.holds_on::DATE AS last_reporting_date,
    latest.value_best::BIGINT AS total_personnel,
    latest.fact_id
FROM latest
LEFT JOIN ref.actor AS state ON state.mission = latest.mission AND state.actor = latest.contributor
-- Where a mission has had several forces, only the text can say which.
LEFT JOIN force ON force.mission = latest.mission AND (force.actor = latest.target OR force.siblings = 1)
ORDER BY latest.contributor, latest.holds_on, latest.fact_id
