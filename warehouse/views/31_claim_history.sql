-- A claim is withdrawn when no claim with the same slots stands in its article's newest wording any more: only articles
-- with more than one wording can have withdrawn any. What another extractor has read otherwise since is not withdrawn for
-- that: the outlet took nothing back, and whether it did is told by the claims that took its place.
CREATE OR REPLACE VIEW claim_history AS
WITH revised AS (
    SELECT article_id, version_id, revision, fetched_at
    FROM core.article_version
    WHERE article_id IN (SELECT article_id FROM core.article_version WHERE revision = 2)
),
wording AS (
    SELECT version_id, min(revision) AS revision, max(revision) AS last_revision FROM revised GROUP BY version_id
),
standing AS (
    SELECT
        claim.claim_id,
        claim.article_id,
        max(wording.last_revision) OVER (
            PARTITION BY
                claim.article_id, claim.mission, claim.kind, claim.subkind, claim.measure, claim.value_low,
                claim.value_best, claim.value_high, claim.unit, claim.currency, claim.actor, claim.target,
                claim.person, claim.role, claim.status, claim.polarity
        ) AS last_revision
    FROM core.claim AS claim
    JOIN wording USING (version_id)
    WHERE NOT claim.is_superseded
),
withdrawn AS (
    SELECT standing.claim_id, following.fetched_at AS withdrawn_at
    FROM standing
    JOIN revised AS following
        ON following.article_id = standing.article_id AND following.revision = standing.last_revision + 1
),
-- A wording that comes back is a row of its own: what it says stood there first.
returned AS (
    SELECT revised.version_id, revised.revision
    FROM revised
    JOIN wording ON wording.version_id = revised.version_id AND wording.revision < revised.revision
)
SELECT
    claim.claim_id,
    claim.article_id AS document,
    claim.* EXCLUDE (claim_id, is_superseded, recorded_at),
    who.name AS actor_name,
    whom.name AS target_name,
    coalesce(said.name, claim.source, claim.source_text) AS source_name,
    article.outlet,
    article.outlet_country,
    article.url,
    version.title,
    version.published_at,
    claim.recorded_at,
    version.revision,
    claim.is_superseded,
    withdrawn.claim_id IS NOT NULL AS is_withdrawn,
    withdrawn.withdrawn_at
FROM core.claim AS claim
JOIN core.article_version AS version USING (version_id)
JOIN core.article AS article ON article.article_id = version.article_id
ANTI JOIN returned ON returned.version_id = version.version_id AND returned.revision = version.revision
LEFT JOIN withdrawn ON withdrawn.claim_id = claim.claim_id
LEFT JOIN ref.actor AS who ON who.mission = claim.mission AND who.actor = claim.actor
LEFT JOIN ref.actor AS whom ON whom.mission = claim.mission AND whom.actor = claim.target
LEFT JOIN ref.actor AS said ON said.mission = claim.mission AND said.actor = claim.source;
COMMENT ON VIEW claim_history IS
    'One row per claim ever made, also of earlier wordings and by earlier extractors, with the revision it first stood in and whether the outlet took it back. Grain: claim.';
