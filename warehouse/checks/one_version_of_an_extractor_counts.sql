-- Of a wording, a mission and an extractor the claims of one version count: that which has read it last.
SELECT claim.claim_id, claim.extractor_version AS counts, extraction.extractor_version AS has_read
FROM core.claim AS claim
JOIN core.extraction AS extraction USING (version_id, mission, extractor)
WHERE NOT extraction.is_superseded AND claim.is_superseded = (claim.extractor_version = extraction.extractor_version)
