-- Movements of people as in IDMC's Internal Displacement Updates (IDU): 35 columns, one row per internal displacement.
-- Those who live displaced on a day are no movement: idmc_idps.sql has them.
WITH candidate AS (
    SELECT *
    FROM facts
    WHERE kind = 'displacement'
        AND measure = 'flow'
        AND status = 'done'
        AND polarity = '+'
        AND agreement NOT IN ('denied', 'superseded')
        -- Households are not people, and how many live in one is not told.
        AND unit IS DISTINCT FROM 'household'
        AND unit IS DISTINCT FROM 'percent'
),
part AS (
    SELECT DISTINCT part.fact_id
    FROM core.report AS part
    JOIN core.report AS whole ON whole.claim_id = part.part_of AND whole.fact_id <> part.fact_id
    WHERE part.known_to IS NULL AND whole.known_to IS NULL AND whole.fact_id IN (SELECT fact_id FROM candidate)
),
said AS (
    -- Who counted; the outlet where nobody is named.
    SELECT
        report.fact_id,
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
)
SELECT
    NULL::INTEGER AS id,
    state.name::VARCHAR AS country,
    fact.country::VARCHAR AS iso3,
    fact.latitude::DOUBLE AS latitude,
    fact.longitude::DOUBLE AS longitude,
    ('[' || fact.latitude || ', ' || fact.longitude || ']')::VARCHAR AS centroid,
    NULL::VARCHAR AS role,
    NULL::VARCHAR AS displacement_type,
    CASE
        WHEN fact.qualifier = 'exact' THEN 'total'
        WHEN fact.qualifier IN ('about', 'nearly') THEN 'approximately'
        WHEN fact.qualifier IN ('at_least', 'more_than', 'vague') THEN 'more than or equal'
        WHEN fact.qualifier IN ('up_to', 'fewer_than') THEN 'less than or equal'
    END::VARCHAR AS qualifier,
    CASE fact.qualifier
        WHEN 'vague' THEN fact.value_low
        WHEN 'fewer_than' THEN fact.value_high
        ELSE fact.value_best
    END::BIGINT AS figure,
    coalesce(fact.event_end, fact.event_start)::DATE AS displacement_date,
    fact.event_start::DATE AS displacement_start_date,
    fact.event_end::DATE AS displacement_end_date,
    year(coalesce(fact.event_start, fact.event_end))::INTEGER AS year,
    NULL::INTEGER AS event_id,
    NULL::VARCHAR AS event_name,
    NULL::VARCHAR AS event_codes,
    NULL::VARCHAR AS event_code_types,
    NULL::DATE AS event_start_date,
    NULL::DATE AS event_end_date,
    NULL::VARCHAR AS category,
    NULL::VARCHAR AS subcategory,
    NULL::VARCHAR AS type,
    NULL::VARCHAR AS subtype,
    NULL::VARCHAR AS standard_popup_text,
    NULL::VARCHAR AS standard_info_text,
    NULL::INTEGER AS old_id,
    said.claimants::VARCHAR AS sources,
    fact.url::VARCHAR AS source_url,
    coalesce(place.name, fact.place)::VARCHAR AS locations_name,
    (fact.latitude || ', ' || fact.longitude)::VARCHAR AS locations_coordinates,
    CASE
        WHEN place.kind = 'country' THEN 'Country/territory (ADM0)'
        WHEN place.kind = 'department' THEN 'State/Region/Province (ADM1)'
        WHEN place.kind = 'commune' THEN 'District/Zone/Department (ADM2)'
        WHEN place.kind IN ('neighbourhood', 'site') THEN 'Point'
    END::VARCHAR AS locations_accuracy,
    NULL::VARCHAR AS locations_type,
    NULL::VARCHAR AS displacement_occurred,
    fact.first_recorded_at::TIMESTAMPTZ AS created_at,
    fact.fact_id
FROM candidate AS fact
LEFT JOIN said USING (fact_id)
LEFT JOIN ref.place AS place ON place.mission = fact.mission AND place.place_id = fact.place_id
LEFT JOIN ref.actor AS state ON state.mission = fact.mission AND state.actor = fact.country
WHERE fact.fact_id NOT IN (SELECT fact_id FROM part)
ORDER BY fact.event_start NULLS LAST, fact.fact_id
