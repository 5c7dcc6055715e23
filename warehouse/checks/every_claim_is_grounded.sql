-- The gate admits a passage that stands in the text as it is, folded, or aligned; nothing else becomes a claim.
SELECT claim_id, extractor, grounding
FROM core.claim
WHERE grounding IS NULL OR grounding NOT IN ('exact', 'folded', 'aligned') OR extractor IS NULL
