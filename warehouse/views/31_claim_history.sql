-- A claim is withdrawn when no claim with the same slots stands in its article's newest wording any more.
CREATE OR REPLACE VIEW claim_history AS
WITH wording AS (
    SELECT
        article_id,
        version_id,
        min(revision) AS revision,
        max(revision) AS last_revision,
        arg_min(title, revision) AS title,
        arg_min(published_at, revision) AS published_at
    FROM core.article_version
    GROUP BY article_id, version_id
),
newest AS (
    SELECT article_id, revision AS newest_revision FROM core.article_version WHERE is_newest
),
standing AS (
    SELECT
        claim.*,
        wording.revision,
        wording.title,
        wording.published_at,
        newest.newest_revision,
        max(wording.last_revision) OVER (
            PARTITION BY
                claim.article_id, claim.mission, claim.kind, claim.subkind, claim.measure, claim.value_low,
                claim.value_best, claim.value_high, claim.unit, claim.currency, claim.actor, claim.target,
                claim.person, claim.role, claim.status, claim.polarity
        ) AS stood_until_revision
    FROM core.claim AS claim
    JOIN wording USING (article_id, version_id)
    JOIN newest USING (article_id)
)
SELECT
    claim.claim_id,
    claim.article_id AS document,
    claim.article_id,
    claim.version_id,
    claim.run_id,
    claim.mission,
    claim.kind,
    claim.subkind,
    claim.measure,
    claim.value_low,
    claim.value_best,
    claim.value_high,
    claim.qualifier,
    claim.original_value,
    claim.unit,
    claim.unit_class,
    claim.currency,
    claim.actor,
    claim.actor_text,
    claim.actor_country,
    claim.target,
    claim.target_text,
    claim.person,
    claim.role,
    claim.status,
    claim.polarity,
    claim.certainty,
    claim.event_start,
    claim.event_end,
    claim.date_precision,
    claim.date_basis,
    claim.as_of,
    claim.place,
    claim.place_id,
    claim.country,
    claim.admin1,
    claim.admin2,
    claim.pcode,
    claim.latitude,
    claim.longitude,
    claim.place_basis,
    claim.attribution,
    claim.source,
    claim.source_text,
    claim.source_type,
    claim.via,
    claim.part_of,
    claim.sentence,
    claim."start",
    claim."end",
    claim.spans,
    claim.derived,
    claim.in_title,
    claim.confidence,
    claim.rule,
    claim.extractor,
    claim.extractor_version,
    claim.grounding,
    claim.language,
    article.outlet,
    article.outlet_country,
    article.url,
    claim.title,
    claim.published_at,
    claim.recorded_at,
    claim.revision,
    claim.is_superseded,
    claim.stood_until_revision < claim.newest_revision AS is_withdrawn,
    following.fetched_at AS withdrawn_at
FROM standing AS claim
JOIN core.article AS article USING (article_id)
LEFT JOIN core.article_version AS following
    ON following.article_id = claim.article_id AND following.revision = claim.stood_until_revision + 1;
COMMENT ON VIEW claim_history IS
    'Every claim ever made: also of earlier wordings and by earlier extractors, with the revision it first stood in and whether the outlet took it back. Grain: claim.';
