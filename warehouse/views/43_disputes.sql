-- What each source says in the end, where sources differ: its newest word of a fact counts.
CREATE OR REPLACE VIEW disputes AS
WITH word AS (
    SELECT
        fact_id,
        voice,
        -- Of several figures in one text the highest of those that are not told as the figure of before.
        arg_max(
            {
                'claim_id': claim_id,
                'relation': relation,
                'source_type': source_type,
                'value_low': value_low,
                'value_best': value_best,
                'value_high': value_high,
                'qualifier': qualifier,
                'unit': unit,
                'currency': currency,
                'status': status,
                'polarity': polarity,
                'published_at': published_at,
                'outlet': outlet,
                'url': url,
                'sentence': sentence
            },
            (published_at, NOT is_former, coalesce(value_best, value_low, 0), claim_id)
        ) AS newest,
        bool_or(coalesce(status = 'denied' OR polarity = '-', false)) AS is_denial,
        count(*) AS n_claims,
        min(published_at) AS first_published_at
    FROM core.report AS report
    WHERE known_to IS NULL
        AND fact_id IN (SELECT fact_id FROM core.fact WHERE known_to IS NULL AND agreement = 'contested')
    GROUP BY fact_id, voice
)
SELECT
    fact.fact_id,
    fact.mission,
    fact.kind,
    fact.subkind,
    fact.measure,
    fact.actor,
    fact.actor_name,
    fact.target,
    fact.target_name,
    fact.place,
    fact.admin1,
    fact.event_start,
    fact.event_end,
    fact.as_of,
    fact.value_best AS settled_value,
    word.voice,
    coalesce(known.name, word.voice) AS voice_name,
    word.newest.source_type AS source_type,
    coalesce(word.newest.status = 'denied' OR word.newest.polarity = '-', false) AS is_denial,
    word.newest.value_low AS value_low,
    word.newest.value_best AS value_best,
    word.newest.value_high AS value_high,
    word.newest.qualifier AS qualifier,
    word.newest.unit AS unit,
    word.newest.currency AS currency,
    word.newest.relation AS relation,
    word.n_claims,
    word.first_published_at,
    word.newest.published_at AS published_at,
    word.newest.outlet AS outlet,
    word.newest.url AS url,
    word.newest.sentence AS sentence,
    word.newest.claim_id AS claim_id
FROM word
JOIN facts AS fact USING (fact_id)
LEFT JOIN core.voice AS known ON known.mission = fact.mission AND known.voice = word.voice;
COMMENT ON VIEW disputes IS
    'One row per source of a contested fact: its newest word, beside the value that the fact is settled at. Grain: fact and voice.';
