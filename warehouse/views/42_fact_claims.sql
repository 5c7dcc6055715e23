CREATE OR REPLACE VIEW fact_claims AS
SELECT
    fact_id,
    claim_id,
    -- The first word of each source corroborates; what it says again, or others copy from it, repeats.
    if(
        row_number() OVER (PARTITION BY fact_id, independence_key ORDER BY claim_number) = 1,
        'corroborates',
        'repeats'
    ) AS relation
FROM core.claim_in_fact
WHERE is_counted;
COMMENT ON VIEW fact_claims IS 'Which claims stand behind a fact, and how. Grain: fact and claim.';
