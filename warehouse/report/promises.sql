-- People promised against people who have come.
SELECT
    coalesce(promise.contributor_name, promise.contributor) AS contributor,
    promise.pledged,
    promise.delivered,
    promise.outstanding,
    promise.status,
    promise.as_of,
    promise.n_independent AS voices,
    promise.fact_ids[1] AS fact_id
FROM promises AS promise
WHERE promise.mission = $mission AND promise.kind = 'personnel'
ORDER BY promise.pledged DESC NULLS LAST, contributor
