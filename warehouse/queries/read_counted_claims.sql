-- The claims that count of the articles touched, each with its place, its text and whose word it is.
-- No claim is older than its article, so $since lets DuckDB skip what cannot be meant.
WITH standing AS MATERIALIZED (
    SELECT claim.* EXCLUDE (spans, derived, actor_text, target_text)
    FROM core.claim AS claim
    JOIN touched_article USING (article_id, version_id)
    WHERE NOT claim.is_superseded AND claim.recorded_at >= $since
),
-- What people say of them; those that they reject count no more.
judged AS (
    SELECT
        standing.*,
        corrected.corrections,
        corrected.corrected_slots AS slots,
        coalesce(map_contains(slots, 'place_id'), false) AS is_moved,
        map_contains(slots, 'event_start') OR map_contains(slots, 'event_end') AS is_redated
    FROM standing
    LEFT JOIN corrected_claims AS corrected USING (claim_id)
    WHERE corrected.correction IS DISTINCT FROM 'rejected'
),
told AS (
    SELECT
        * REPLACE (
            if(map_contains(slots, 'subkind'), slots['subkind'], subkind) AS subkind,
            if(map_contains(slots, 'measure'), slots['measure'], measure) AS measure,
            if(map_contains(slots, 'value_low'), slots['value_low']::DECIMAL(18, 3), value_low) AS value_low,
            if(map_contains(slots, 'value_best'), slots['value_best']::DECIMAL(18, 3), value_best) AS value_best,
            if(map_contains(slots, 'value_high'), slots['value_high']::DECIMAL(18, 3), value_high) AS value_high,
            if(map_contains(slots, 'qualifier'), slots['qualifier'], qualifier) AS qualifier,
            if(map_contains(slots, 'unit'), slots['unit'], unit) AS unit,
            if(map_contains(slots, 'unit_class'), slots['unit_class'], unit_class) AS unit_class,
            if(map_contains(slots, 'currency'), slots['currency'], currency) AS currency,
            if(map_contains(slots, 'actor'), slots['actor'], actor) AS actor,
            if(map_contains(slots, 'target'), slots['target'], target) AS target,
            if(map_contains(slots, 'person'), slots['person'], person) AS person,
            if(map_contains(slots, 'role'), slots['role'], role) AS role,
            if(map_contains(slots, 'status'), slots['status'], status) AS status,
            if(map_contains(slots, 'event_start'), slots['event_start']::DATE, event_start) AS event_start,
            if(map_contains(slots, 'event_end'), slots['event_end']::DATE, event_end) AS event_end,
            if(map_contains(slots, 'as_of'), slots['as_of']::DATE, as_of) AS as_of,
            if(is_redated, 'explicit', date_basis) AS date_basis,
            if(
                is_redated,
                if(coalesce(slots['event_start']::DATE, event_start) = coalesce(slots['event_end']::DATE, event_end), 'day', NULL),
                date_precision
            ) AS date_precision,
            if(map_contains(slots, 'place_id'), slots['place_id'], place_id) AS place_id,
            if(is_moved, NULL, place) AS place,
            if(is_moved, NULL, country) AS country,
            if(is_moved, NULL, admin1) AS admin1,
            if(is_moved, NULL, admin2) AS admin2,
            if(is_moved, NULL, latitude) AS latitude,
            if(is_moved, NULL, longitude) AS longitude,
            if(map_contains(slots, 'source'), slots['source'], source) AS source,
            if(map_contains(slots, 'source'), NULL, source_text) AS source_text,
            if(map_contains(slots, 'source_type'), slots['source_type'], source_type) AS source_type
        )
    FROM judged
),
joint AS (
    SELECT several.mission, several.place_id, string_agg(place.name, ' + ' ORDER BY place.name) AS names
    FROM (
        SELECT DISTINCT mission, place_id, unnest(string_split(place_id, '+')) AS one_id
        FROM told
        WHERE contains(place_id, '+')
    ) AS several
    JOIN ref.place AS place ON place.mission = several.mission AND place.place_id = several.one_id
    GROUP BY ALL
)
SELECT
    claim.claim_id,
    -- When the ledger came to know of it: a newer extractor that reads the text again tells it no news.
    least(claim.recorded_at, version.recorded_at) AS recorded_at,
    coalesce(version.copy_group_id, claim.article_id) AS origin_id,
    claim.article_id,
    lower(
        CASE
            WHEN claim.source IS NOT NULL THEN coalesce(post.actor, claim.source)
            -- Whoever wants no name is as good as the outlet that heard them.
            WHEN claim.source_text IS NOT NULL AND coalesce(claim.source_type, '') NOT IN ('witness', 'anonymous')
                THEN coalesce(post.actor, claim.source_text)
            ELSE coalesce(
                -- Of a copy group: the agency that any of them credits, for all of them.
                claim.via, version.copy_agency, version.agency,
                original.outlet, article.outlet, original.article_id, article.article_id
            )
        END
    ) AS voice,
    if(
        post.actor IS NULL AND (claim.source IS NOT NULL OR coalesce(claim.source_type, '') NOT IN ('witness', 'anonymous')),
        coalesce(claim.source, claim.source_text),
        NULL
    ) AS claimant,
    -- "Mayor" of "Mayor Jean Petit": a person may hold a post of a place.
    if(
        post.actor IS NULL AND contains(claim.source_text, claim.source) AND claim.source_text <> claim.source,
        replace(claim.source_text, claim.source, ''),
        NULL
    ) AS claimant_post,
    claim.source_type,
    coalesce(version.published_at::DATE, version.published_on, version.recorded_at::DATE) AS published_on,
    coalesce(version.published_at, version.recorded_at) AS published_at,
    claim.mission,
    claim.kind,
    claim.subkind,
    claim.measure,
    claim.value_low,
    claim.value_best,
    claim.value_high,
    claim.qualifier,
    claim.unit,
    claim.unit_class,
    claim.currency,
    claim.actor,
    CASE
        WHEN force.actor IS NOT NULL THEN 'the force'
        -- Whose people were harmed, where they are not those of the land.
        WHEN claim.kind = 'casualty' AND claim.actor <> mission.theatre THEN claim.actor
    END AS subject,
    claim.target,
    claim.person,
    claim.role,
    claim.status,
    claim.polarity,
    claim.event_start,
    claim.event_end,
    claim.date_precision,
    claim.date_basis,
    claim.as_of,
    if(claim.is_moved, place.name, claim.place) AS place,
    claim.place_id,
    CASE
        WHEN place.place_id IS NOT NULL
            THEN [place.country, place.admin1, place.admin2, if(place.kind = 'country', NULL, place.name)]
        -- Several towns in one breath, under the same names in all languages.
        ELSE [claim.country, claim.admin1, claim.admin2, coalesce(joint.names, claim.place)]
    END AS place_path,
    if(claim.is_moved, place.country, claim.country) AS country,
    if(claim.is_moved, place.admin1, claim.admin1) AS admin1,
    if(claim.is_moved, place.admin2, claim.admin2) AS admin2,
    coalesce(claim.latitude, place.latitude) AS latitude,
    coalesce(claim.longitude, place.longitude) AS longitude,
    claim.part_of,
    claim.sentence,
    claim.original_value,
    claim.language,
    claim.corrections,
    article.outlet,
    article.url
FROM told AS claim
JOIN core.article_version AS version
    ON version.article_id = claim.article_id AND version.version_id = claim.version_id AND version.is_newest
    AND version.recorded_at >= $since
JOIN core.article AS article ON article.article_id = claim.article_id AND article.recorded_at >= $since
LEFT JOIN core.article AS original ON original.article_id = version.copy_group_id
LEFT JOIN ref.mission AS mission ON mission.mission = claim.mission
LEFT JOIN ref.force AS force ON force.mission = claim.mission AND force.actor = claim.actor
LEFT JOIN ref.place AS place ON place.mission = claim.mission AND place.place_id = claim.place_id
LEFT JOIN joint ON joint.mission = claim.mission AND joint.place_id = claim.place_id
LEFT JOIN (
    SELECT mission, lower(person) AS person, any_value(actor ORDER BY held_from DESC NULLS LAST, actor) AS actor
    FROM ref.post
    GROUP BY ALL
) AS post
    ON post.mission = claim.mission AND post.person = lower(coalesce(claim.source, claim.source_text))
ORDER BY recorded_at, claim.claim_id
