CREATE OR REPLACE VIEW statements AS
SELECT
    fact_id,
    mission,
    actor,
    target,
    person,
    role,
    place,
    place_id,
    country,
    admin1,
    admin2,
    latitude,
    longitude,
    event_start,
    event_end,
    date_precision,
    as_of,
    status,
    polarity,
    agreement,
    n_claims,
    n_articles,
    n_outlets,
    n_independent,
    first_published_at,
    last_published_at,
    first_recorded_at,
    outlets,
    sentence,
    url
FROM facts
WHERE kind = 'statement';
COMMENT ON VIEW statements IS
    'One row per quotation of a named speaker; sentence holds the words. Grain: fact.';
