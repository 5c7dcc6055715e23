-- People promised against people who have come.
SELECT
    coalesce(who.name, promise.contributor) AS contributor,
    promise.pledged,
    promise.delivered,
    promise.outstanding,
    promise.status,
    promise.as_of,
    promise.n_independent AS voices,
    promise.fact_ids[1] AS fact_id
FROM promises AS promise
LEFT JOIN ref.actor AS who ON who.mission = promise.mission AND who.actor = promise.contributor
WHERE promise.mission = $mission AND promise.kind = 'personnel'
ORDER BY promise.pledged DESC NULLS LAST, contributor
