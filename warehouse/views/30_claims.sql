CREATE OR REPLACE VIEW claims AS
SELECT
    claim.claim_id,
    claim.article_id AS document,
    claim.* EXCLUDE (claim_id, is_superseded, recorded_at),
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
-- A version belongs to one article: joined by both ids, DuckDB takes the match for rarer than it is, and gathers all
-- claims in memory in place of the articles.
JOIN core.article_version AS version USING (version_id)
JOIN core.article AS article ON article.article_id = version.article_id
LEFT JOIN corrected_claims AS corrected ON corrected.claim_id = claim.claim_id
WHERE version.is_newest AND NOT claim.is_superseded;
COMMENT ON VIEW claims IS
    'One row per grounded assertion in the newest wording of an article, by the current extractor. Claims are reports: count facts, not claims. Grain: claim.';
