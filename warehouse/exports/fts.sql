-- Money as in OCHA's Financial Tracking Service (the flows that it publishes on HDX): 37 columns, one row per sum paid or
-- promised. Needs, appeals and costs are no flows.
WITH candidate AS (
    SELECT *
    FROM facts
    WHERE kind = 'funding'
        AND measure = 'flow'
        AND status IN ('done', 'pledged')
        AND polarity = '+'
        AND agreement NOT IN ('denied', 'superseded')
        AND currency IS NOT NULL
        AND value_best IS NOT NULL
),
part AS (
    SELECT DISTINCT part.fact_id
    FROM core.report AS part
    JOIN core.report AS whole ON whole.claim_id = part.part_of AND whole.fact_id <> part.fact_id
    WHERE part.known_to IS NULL AND whole.known_to IS NULL AND whole.fact_id IN (SELECT fact_id FROM candidate)
),
named AS (
    SELECT
        mission,
        actor,
        name,
        country,
        CASE
            WHEN type IN ('state', 'government') THEN 'Government'
            WHEN type = 'un' THEN 'UN agency'
            WHEN type = 'ngo' THEN 'NGO'
            WHEN type = 'regional' THEN 'Inter-governmental'
        END AS kind
    FROM ref.actor
),
flow AS (
    SELECT *, if(event_start = event_end, event_start, NULL) AS happened_on
    FROM candidate
    WHERE fact_id NOT IN (SELECT fact_id FROM part)
)
SELECT
    flow.happened_on::DATE AS date,
    NULL::INTEGER AS "budgetYear",
    flow.sentence::VARCHAR AS description,
    if(flow.currency = 'USD', flow.value_best, NULL)::BIGINT AS "amountUSD",
    donor.name::VARCHAR AS "srcOrganization",
    donor.kind::VARCHAR AS "srcOrganizationTypes",
    donor.country::VARCHAR AS "srcLocations",
    NULL::INTEGER AS "srcUsageYearStart",
    NULL::INTEGER AS "srcUsageYearEnd",
    NULL::VARCHAR AS "destPlan",
    NULL::VARCHAR AS "destPlanCode",
    NULL::INTEGER AS "destPlanId",
    recipient.name::VARCHAR AS "destOrganization",
    recipient.kind::VARCHAR AS "destOrganizationTypes",
    NULL::VARCHAR AS "destGlobalClusters",
    coalesce(recipient.country, flow.country)::VARCHAR AS "destLocations",
    NULL::VARCHAR AS "destProject",
    NULL::VARCHAR AS "destProjectCode",
    NULL::VARCHAR AS "destEmergency",
    NULL::INTEGER AS "destUsageYearStart",
    NULL::INTEGER AS "destUsageYearEnd",
    NULL::VARCHAR AS "contributionType",
    NULL::VARCHAR AS "flowType",
    NULL::VARCHAR AS method,
    NULL::VARCHAR AS boundary,
    NULL::VARCHAR AS "onBoundary",
    if(flow.status = 'done', 'paid', 'pledge')::VARCHAR AS status,
    flow.first_published_at::DATE AS "firstReportedDate",
    if(flow.status = 'pledged', flow.happened_on, NULL)::DATE AS "decisionDate",
    NULL::VARCHAR AS keywords,
    -- As in FTS, an amount in dollars stands in amountUSD alone.
    if(flow.currency = 'USD', NULL, flow.value_best)::BIGINT AS "originalAmount",
    if(flow.currency = 'USD', NULL, flow.currency)::VARCHAR AS "originalCurrency",
    NULL::DOUBLE AS "exchangeRate",
    NULL::INTEGER AS id,
    NULL::VARCHAR AS "refCode",
    flow.first_recorded_at::DATE AS "createdAt",
    version.known_from::DATE AS "updatedAt",
    flow.fact_id
FROM flow
JOIN core.fact AS version ON version.fact_id = flow.fact_id AND version.known_to IS NULL
LEFT JOIN named AS donor ON donor.mission = flow.mission AND donor.actor = flow.actor
LEFT JOIN named AS recipient ON recipient.mission = flow.mission AND recipient.actor = flow.target
ORDER BY flow.happened_on NULLS LAST, flow.fact_id
