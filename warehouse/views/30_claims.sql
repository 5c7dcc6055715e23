CREATE OR REPLACE VIEW claims AS
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
    version.copy_role,
    corrected.correction,
    corrected.corrected_slots,
    claim.recorded_at
FROM core.claim AS claim
-- A superseded claim matches no version. As a filter of its own that would be taken for rarer than it is, and DuckDB would
-- gather all claims in memory in place of the articles; for the same reason a version is found by its own id alone.
JOIN core.article_version AS version ON version.version_id = if(claim.is_superseded, NULL, claim.version_id)
JOIN core.article AS article ON article.article_id = version.article_id
LEFT JOIN corrected_claims AS corrected ON corrected.claim_id = claim.claim_id
LEFT JOIN ref.actor AS who ON who.mission = claim.mission AND who.actor = claim.actor
LEFT JOIN ref.actor AS whom ON whom.mission = claim.mission AND whom.actor = claim.target
LEFT JOIN ref.actor AS said ON said.mission = claim.mission AND said.actor = claim.source
WHERE version.is_newest;
COMMENT ON VIEW claims IS
    'One row per grounded assertion in the newest wording of an article, by the current extractor. Claims are reports: count facts, not claims. Grain: claim.';
