CREATE OR REPLACE VIEW claims AS
SELECT
    claim.claim_id,
    claim.article_id AS document,
    claim.* EXCLUDE (claim_id, is_superseded, recorded_at),
    who.name AS actor_name,
    whom.name AS target_name,
    told.* EXCLUDE (version_id),
    corrected.correction,
    corrected.corrected_slots,
    claim.recorded_at
FROM core.claim AS claim
JOIN (
    SELECT
        version.version_id,
        article.outlet,
        article.outlet_country,
        article.url,
        version.title,
        version.published_at,
        version.copy_role
    FROM core.article_version AS version
    -- Every version has its article. By a plain join DuckDB would take both filters below for rarer than they are, and
    -- gather all claims in memory in place of the articles.
    LEFT JOIN core.article AS article USING (article_id)
    WHERE version.is_newest
) AS told USING (version_id)
LEFT JOIN corrected_claims AS corrected ON corrected.claim_id = claim.claim_id
LEFT JOIN ref.actor AS who ON who.mission = claim.mission AND who.actor = claim.actor
LEFT JOIN ref.actor AS whom ON whom.mission = claim.mission AND whom.actor = claim.target
WHERE NOT claim.is_superseded;
COMMENT ON VIEW claims IS
    'One row per grounded assertion in the newest wording of an article, by the current extractor. Claims are reports: count facts, not claims. Grain: claim.';
