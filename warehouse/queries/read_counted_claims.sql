-- The claims that count of the articles touched, each with its place, its text and whose word it is.
-- No claim is older than its article, so $since lets DuckDB skip what cannot be meant.
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
    if(force.actor IS NOT NULL, 'the force', NULL) AS subject,
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
    claim.place,
    claim.place_id,
    if(
        place.place_id IS NULL,
        [claim.country, claim.admin1, claim.admin2, claim.place],
        [place.country, place.admin1, place.admin2, if(place.kind = 'country', NULL, place.name)]
    ) AS place_path,
    claim.country,
    claim.admin1,
    claim.admin2,
    coalesce(claim.latitude, place.latitude) AS latitude,
    coalesce(claim.longitude, place.longitude) AS longitude,
    claim.part_of,
    claim.sentence,
    claim.language,
    article.outlet,
    article.url
FROM core.claim AS claim
JOIN touched_article AS touched USING (article_id, version_id)
JOIN core.article_version AS version
    ON version.article_id = touched.article_id AND version.version_id = touched.version_id AND version.is_newest
JOIN core.article AS article ON article.article_id = claim.article_id
LEFT JOIN core.article AS original ON original.article_id = version.copy_group_id
LEFT JOIN ref.force AS force ON force.mission = claim.mission AND force.actor = claim.actor
LEFT JOIN ref.place AS place ON place.mission = claim.mission AND place.place_id = claim.place_id
LEFT JOIN (
    SELECT mission, lower(person) AS person, any_value(actor ORDER BY held_from DESC NULLS LAST, actor) AS actor
    FROM ref.post
    GROUP BY ALL
) AS post
    ON post.mission = claim.mission AND post.person = lower(coalesce(claim.source, claim.source_text))
WHERE NOT claim.is_superseded AND claim.recorded_at >= $since
ORDER BY recorded_at, claim.claim_id
