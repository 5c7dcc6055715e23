SELECT claim.claim_id, claim.article_id, claim.version_id
FROM core.claim AS claim
WHERE NOT EXISTS (
    FROM core.article_version AS version
    WHERE version.article_id = claim.article_id AND version.version_id = claim.version_id
)
