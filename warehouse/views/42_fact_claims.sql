CREATE OR REPLACE VIEW fact_claims AS
SELECT fact_id, claim_id, relation FROM core.report WHERE known_to IS NULL
UNION ALL
-- A part stands beside the whole that it was told with.
SELECT whole.fact_id, part.claim_id, 'part_of' AS relation
FROM core.report AS part
JOIN core.report AS whole ON whole.claim_id = part.part_of AND whole.fact_id <> part.fact_id
WHERE part.known_to IS NULL AND whole.known_to IS NULL;
COMMENT ON VIEW fact_claims IS
    'One row per claim that stands behind a fact, and how; a part stands behind its whole, too; evidence has the words. Grain: fact and claim.';
