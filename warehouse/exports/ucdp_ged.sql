-- Deaths as in the UCDP Georeferenced Event Dataset (GED 25.1): 49 columns, one row per event in which people were killed.
-- docs/exports.md says of each column where it comes from, or why it is empty.
WITH candidate AS (
    SELECT
        fact.*,
        CASE
            WHEN fact.unit_class = 'gang' OR actor.type = 'gang' THEN 'gang'
            WHEN fact.unit_class IN ('civilian', 'child', 'woman') THEN 'civilian'
            WHEN fact.unit_class IN ('police', 'soldiers') OR actor.type IN ('police', 'army', 'force') THEN 'state'
            -- People of the theatre who are not told to bear arms; those of a contributor may well be its officers.
            WHEN fact.unit_class IS NULL AND fact.actor = mission.theatre THEN 'civilian'
        END AS victims,
        CASE
            WHEN perpetrator.type = 'gang' THEN 'gang'
            WHEN perpetrator.type IN ('state', 'government', 'police', 'army', 'force') THEN 'state'
        END AS perpetrators
    FROM facts AS fact
    LEFT JOIN ref.mission AS mission ON mission.mission = fact.mission
    LEFT JOIN ref.actor AS actor ON actor.mission = fact.mission AND actor.actor = fact.actor
    LEFT JOIN ref.actor AS perpetrator ON perpetrator.mission = fact.mission AND perpetrator.actor = fact.target
    WHERE fact.kind = 'casualty'
        AND fact.subkind = 'killed'
        AND fact.measure = 'flow'
        AND fact.status = 'done'
        AND fact.polarity = '+'
        AND fact.agreement NOT IN ('denied', 'superseded')
        AND fact.unit IS DISTINCT FROM 'household'
        -- An event of GED has a date.
        AND fact.event_start IS NOT NULL
),
part AS (
    -- Told as a part of an event that has a row of its own.
    SELECT DISTINCT part.fact_id
    FROM core.report AS part
    JOIN core.report AS whole ON whole.claim_id = part.part_of AND whole.fact_id <> part.fact_id
    WHERE part.known_to IS NULL AND whole.known_to IS NULL AND whole.fact_id IN (SELECT fact_id FROM candidate)
),
sided AS (
    SELECT
        *,
        coalesce(event_end, event_start) - event_start + 1 AS days,
        CASE
            WHEN perpetrators = 'gang' AND victims = 'civilian' THEN 3
            WHEN perpetrators = 'gang' AND victims = 'gang' THEN 2
            WHEN perpetrators <> victims AND victims IN ('gang', 'state') THEN 1
        END AS violence
    FROM candidate
    WHERE fact_id NOT IN (SELECT fact_id FROM part)
),
located AS (
    SELECT
        sided.*,
        -- A quarter whose position is not known stands at its commune.
        sided.latitude IS NULL AND commune.latitude IS NOT NULL AS stands_at_commune,
        coalesce(sided.latitude, commune.latitude) AS north,
        coalesce(sided.longitude, commune.longitude) AS east,
        CASE
            WHEN stands_at_commune OR place.kind = 'commune' THEN 3
            WHEN place.kind IN ('site', 'neighbourhood') THEN 1
            WHEN place.kind = 'communal_section' THEN 2
            WHEN place.kind = 'country' THEN 6
            WHEN place.place_id IS NULL AND sided.admin2 IS NOT NULL THEN 3
            WHEN place.place_id IS NOT NULL OR sided.admin1 IS NOT NULL THEN 4
            WHEN sided.country IS NOT NULL THEN 6
        END AS precision,
        if(stands_at_commune, commune.name, place.name) AS spot,
        if(place.kind = 'department', place.name, sided.admin1) AS department,
        if(place.kind = 'commune', place.name, sided.admin2) AS commune_name,
        state.name AS country_name
    FROM sided
    LEFT JOIN ref.place AS place ON place.mission = sided.mission AND place.place_id = sided.place_id
    LEFT JOIN ref.place AS commune
        ON commune.mission = sided.mission
        AND commune.kind = 'commune'
        AND commune.name = sided.admin2
        AND commune.admin1 = sided.admin1
    LEFT JOIN ref.actor AS state ON state.mission = sided.mission AND state.actor = sided.country
),
article AS (
    -- Of an article and its copies the first.
    SELECT report.fact_id, report.published_at, report.published_on, report.article_id, report.outlet, version.title
    FROM core.report AS report
    JOIN core.article_version AS version ON version.article_id = report.article_id AND version.is_newest
    WHERE report.fact_id IN (SELECT fact_id FROM candidate)
        AND report.known_to IS NULL
        AND report.status IS DISTINCT FROM 'denied'
        AND report.polarity IS DISTINCT FROM '-'
    QUALIFY row_number() OVER (
        PARTITION BY report.fact_id, report.origin_id ORDER BY report.published_at, report.claim_id
    ) = 1
),
told AS (
    SELECT
        fact_id,
        string_agg(
            '"' || replace(concat_ws(',', outlet, published_on, title), '"', '""') || '"', ';'
            ORDER BY published_at, article_id
        ) AS articles,
        string_agg(coalesce(outlet, ''), ';' ORDER BY published_at, article_id) AS offices,
        string_agg(published_on::VARCHAR, ';' ORDER BY published_at, article_id) AS dates,
        string_agg(replace(title, ';', ','), ';' ORDER BY published_at, article_id) AS headlines
    FROM article
    GROUP BY fact_id
),
said AS (
    SELECT report.fact_id, string_agg(DISTINCT claim.source_text, ';' ORDER BY claim.source_text) AS claimants
    FROM core.report AS report
    JOIN core.claim AS claim USING (claim_id)
    WHERE report.fact_id IN (SELECT fact_id FROM candidate)
        AND report.known_to IS NULL
        AND report.status IS DISTINCT FROM 'denied'
        AND report.polarity IS DISTINCT FROM '-'
    GROUP BY report.fact_id
)
SELECT
    NULL::INTEGER AS id,
    NULL::VARCHAR AS relid,
    year(event_start)::INTEGER AS year,
    NULL::INTEGER AS active_year,
    NULL::VARCHAR AS code_status,
    violence::INTEGER AS type_of_violence,
    NULL::INTEGER AS conflict_dset_id,
    NULL::INTEGER AS conflict_new_id,
    NULL::VARCHAR AS conflict_name,
    NULL::INTEGER AS dyad_dset_id,
    NULL::INTEGER AS dyad_new_id,
    NULL::VARCHAR AS dyad_name,
    NULL::INTEGER AS side_a_dset_id,
    NULL::INTEGER AS side_a_new_id,
    CASE
        WHEN violence = 1 AND victims = 'state' THEN actor_name
        WHEN violence IS NOT NULL THEN target_name
    END::VARCHAR AS side_a,
    NULL::INTEGER AS side_b_dset_id,
    NULL::INTEGER AS side_b_new_id,
    CASE
        WHEN violence = 3 THEN 'Civilians'
        WHEN violence = 1 AND victims = 'state' THEN target_name
        WHEN violence IS NOT NULL THEN actor_name
    END::VARCHAR AS side_b,
    n_independent::INTEGER AS number_of_sources,
    told.articles::VARCHAR AS source_article,
    told.offices::VARCHAR AS source_office,
    told.dates::VARCHAR AS source_date,
    told.headlines::VARCHAR AS source_headline,
    said.claimants::VARCHAR AS source_original,
    "precision"::INTEGER AS where_prec,
    coalesce(spot, place)::VARCHAR AS where_coordinates,
    place::VARCHAR AS where_description,
    department::VARCHAR AS adm_1,
    commune_name::VARCHAR AS adm_2,
    north::DOUBLE AS latitude,
    east::DOUBLE AS longitude,
    ('POINT (' || east || ' ' || north || ')')::VARCHAR AS geom_wkt,
    -- Cells of half a degree, counted from the south-west corner of the world, 720 to a row.
    (floor((north + 90) * 2) * 720 + floor((east + 180) * 2) + 1)::INTEGER AS priogrid_gid,
    country_name::VARCHAR AS country,
    NULL::INTEGER AS country_id,
    NULL::VARCHAR AS region,
    NULL::INTEGER AS event_clarity,
    CASE WHEN days = 1 THEN 1 WHEN days < 7 THEN 2 WHEN days = 7 THEN 3 WHEN days <= 31 THEN 4 ELSE 5 END::INTEGER
        AS date_prec,
    event_start::DATE AS date_start,
    coalesce(event_end, event_start)::DATE AS date_end,
    -- The row is about one group of people: none of those it counts belongs to another.
    CASE
        WHEN value_best IS NULL THEN NULL
        WHEN violence = 1 AND victims = 'state' THEN value_best
        ELSE 0
    END::BIGINT AS deaths_a,
    CASE
        WHEN value_best IS NULL THEN NULL
        WHEN violence IN (1, 2) AND victims = 'gang' THEN value_best
        ELSE 0
    END::BIGINT AS deaths_b,
    CASE WHEN value_best IS NULL THEN NULL WHEN victims = 'civilian' THEN value_best ELSE 0 END::BIGINT
        AS deaths_civilians,
    CASE
        WHEN value_best IS NULL THEN NULL
        WHEN victims = 'civilian' OR violence IS NOT NULL THEN 0
        ELSE value_best
    END::BIGINT AS deaths_unknown,
    value_best::BIGINT AS best,
    value_high::BIGINT AS high,
    value_low::BIGINT AS low,
    NULL::INTEGER AS gwnoa,
    NULL::INTEGER AS gwnob,
    fact_id
FROM located
LEFT JOIN told USING (fact_id)
LEFT JOIN said USING (fact_id)
ORDER BY event_start, fact_id
