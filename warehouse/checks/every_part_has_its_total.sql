SELECT part.claim_id, part.part_of
FROM core.claim AS part
WHERE part.part_of IS NOT NULL AND NOT EXISTS (FROM core.claim AS total WHERE total.claim_id = part.part_of)
