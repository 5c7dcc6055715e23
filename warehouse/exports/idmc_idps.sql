-- People living displaced on a day, as in IDMC's Global Internal Displacement Database (GIDD, disaggregated): 40 columns,
-- one row per stock. Movements (IDMC's other figure category) are in idmc.sql.
WITH candidate AS (
    SELECT *, unit = 'household' AS is_household
    FROM facts
    WHERE kind = 'displacement'
        AND measure = 'stock'
        AND status = 'done'
        AND polarity = '+'
        AND agreement <> 'denied'
        AND unit IS DISTINCT FROM 'percent'
),
part AS (
    SELECT DISTINCT part.fact_id
    FROM core.report AS part
    JOIN core.report AS whole ON whole.claim_id = part.part_of AND whole.fact_id <> part.fact_id
    WHERE part.known_to IS NULL AND whole.known_to IS NULL AND whole.fact_id IN (SELECT fact_id FROM candidate)
),
told AS (
    SELECT
        report.fact_id,
        string_agg(DISTINCT report.outlet, '; ' ORDER BY report.outlet) AS outlets,
        string_agg(
            DISTINCT coalesce(claimant.name, claim.source_text, report.outlet), '; '
            ORDER BY coalesce(claimant.name, claim.source_text, report.outlet)
        ) AS claimants
    FROM core.report AS report
    JOIN core.claim AS claim USING (claim_id)
    LEFT JOIN ref.actor AS claimant ON claimant.mission = claim.mission AND claimant.actor = claim.source
    WHERE report.fact_id IN (SELECT fact_id FROM candidate)
        AND report.known_to IS NULL
        AND report.status IS DISTINCT FROM 'denied'
        AND report.polarity IS DISTINCT FROM '-'
    GROUP BY report.fact_id
),
counted AS (
    SELECT
        *,
        -- The day it holds for; a month or a year is no day.
        coalesce(as_of, if(event_start = event_end, event_start, NULL)) AS holds_on,
        CASE qualifier
            WHEN 'vague' THEN value_low
            WHEN 'fewer_than' THEN value_high
            ELSE value_best
        END::BIGINT AS figure
    FROM candidate
    WHERE fact_id NOT IN (SELECT fact_id FROM part)
)
SELECT
    NULL::INTEGER AS "ID",
    fact.country::VARCHAR AS "ISO3",
    state.name::VARCHAR AS "Country / Territory",
    NULL::VARCHAR AS "Geographical region",
    NULL::VARCHAR AS "Figure cause",
    year(coalesce(fact.holds_on, fact.event_end))::INTEGER AS "Year",
    'IDPs'::VARCHAR AS "Figure category",
    if(fact.is_household, NULL, fact.figure)::BIGINT AS "Total figures",
    fact.figure::BIGINT AS "Reported figures",
    CASE WHEN fact.is_household THEN 'Household' WHEN fact.unit = 'person' THEN 'Person' END::VARCHAR AS "Figure unit",
    NULL::DOUBLE AS "Household size",
    NULL::VARCHAR AS "Hazard Category",
    NULL::VARCHAR AS "Hazard sub category",
    NULL::VARCHAR AS "Hazard Type",
    NULL::VARCHAR AS "Hazard Sub-Type",
    NULL::DATE AS "Start date",
    NULL::VARCHAR AS "Start date accuracy",
    NULL::DATE AS "End date",
    NULL::VARCHAR AS "End date accuracy",
    fact.holds_on::DATE AS "Stock date",
    if(fact.holds_on IS NULL, NULL, 'Day')::VARCHAR AS "Stock date accuracy",
    NULL::DATE AS "Stock reporting date",
    told.outlets::VARCHAR AS "Publishers",
    told.claimants::VARCHAR AS "Sources",
    NULL::INTEGER AS "Event ID",
    NULL::VARCHAR AS "Event name",
    NULL::VARCHAR AS "Event cause",
    NULL::VARCHAR AS "Event main trigger",
    NULL::DATE AS "Event start date",
    NULL::DATE AS "Event end date",
    NULL::VARCHAR AS "Event start date accuracy",
    NULL::VARCHAR AS "Event end date accuracy",
    NULL::VARCHAR AS "Is housing destruction",
    NULL::VARCHAR AS "Violence type",
    NULL::VARCHAR AS "Event codes (Code:Type)",
    coalesce(place.name, fact.place)::VARCHAR AS "Locations name",
    (fact.latitude || ', ' || fact.longitude)::VARCHAR AS "Locations coordinates",
    CASE
        WHEN place.kind = 'country' THEN 'Country/territory (ADM0)'
        WHEN place.kind = 'department' THEN 'State/Region/Province (ADM1)'
        WHEN place.kind = 'commune' THEN 'District/Zone/Department (ADM2)'
        WHEN place.kind IN ('neighbourhood', 'site') THEN 'Point'
    END::VARCHAR AS "Locations accuracy",
    NULL::VARCHAR AS "Locations type",
    NULL::VARCHAR AS "Displacement occurred",
    fact.fact_id
FROM counted AS fact
LEFT JOIN told USING (fact_id)
LEFT JOIN ref.place AS place ON place.mission = fact.mission AND place.place_id = fact.place_id
LEFT JOIN ref.actor AS state ON state.mission = fact.mission AND state.actor = fact.country
ORDER BY fact.holds_on NULLS LAST, fact.fact_id
