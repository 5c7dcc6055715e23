-- The dates of a post come from the seeds where they are known there, else from an appointment or a resignation reported.
CREATE OR REPLACE VIEW people AS
SELECT
    fact.fact_id,
    fact.mission,
    fact.subkind,
    fact.actor,
    fact.target,
    fact.person,
    fact.role,
    fact.place,
    fact.place_id,
    fact.country,
    fact.admin1,
    fact.admin2,
    fact.latitude,
    fact.longitude,
    fact.event_start,
    fact.event_end,
    fact.date_precision,
    fact.as_of,
    coalesce(post.held_from, if(fact.subkind IN ('appointed', 'replaced'), fact.event_start, NULL)) AS holds_from,
    coalesce(post.held_to, if(fact.subkind = 'resigned', fact.event_end, NULL)) AS holds_to,
    fact.status,
    fact.polarity,
    fact.agreement,
    fact.n_claims,
    fact.n_articles,
    fact.n_outlets,
    fact.n_independent,
    fact.first_published_at,
    fact.last_published_at,
    fact.first_recorded_at,
    fact.outlets,
    fact.sentence,
    fact.url
FROM facts AS fact
LEFT JOIN (
    SELECT mission, lower(person) AS person, lower(role) AS role, actor, max(held_from) AS held_from, max_by(held_to, held_from) AS held_to
    FROM ref.post
    GROUP BY ALL
) AS post
    ON post.mission = fact.mission
    AND post.person = lower(fact.person)
    AND post.role = lower(fact.role)
    AND post.actor IS NOT DISTINCT FROM fact.actor
WHERE fact.kind = 'role';
COMMENT ON VIEW people IS
    'One row per person reported in a post, with the dates of the post where they are known. Grain: fact.';
