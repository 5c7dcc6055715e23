-- What fact_claims joins: its columns would be ambiguous to everybody who joins that one to claims.
CREATE OR REPLACE VIEW evidence AS
WITH told AS (
    SELECT fact_id AS told_of, relation AS stands, * FROM core.report WHERE known_to IS NULL
    UNION ALL
    SELECT whole.fact_id, 'part_of', part.*
    FROM core.report AS part
    JOIN core.report AS whole ON whole.claim_id = part.part_of AND whole.fact_id <> part.fact_id
    WHERE part.known_to IS NULL AND whole.known_to IS NULL
)
SELECT
    told.told_of AS fact_id,
    told.claim_id,
    told.stands AS relation,
    told.mission,
    told.kind,
    told.subkind,
    told.actor,
    who.name AS actor_name,
    told.value_low,
    told.value_best,
    told.value_high,
    told.qualifier,
    told.unit,
    told.currency,
    told.voice,
    coalesce(known.name, told.voice) AS voice_name,
    told.source_type,
    told.published_at,
    told.outlet,
    told.url,
    told.sentence
FROM told
LEFT JOIN ref.actor AS who ON who.mission = told.mission AND who.actor = told.actor
LEFT JOIN core.voice AS known ON known.mission = told.mission AND known.voice = told.voice;
COMMENT ON VIEW evidence IS
    'One row per claim that stands behind a fact: whose word it is, how it stands to the fact, in which outlet, under which link and in which sentence. Grain: fact and claim.';
