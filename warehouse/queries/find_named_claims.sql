-- What is known of the claims whose ids begin so; the first characters are compared first, for they can be hashed.
SELECT
    wanted.prefix,
    count(*) AS claim_count,
    min(claim.claim_id) AS claim_id,
    any_value(claim.mission) AS mission,
    any_value(claim.value_low) AS value_low,
    any_value(claim.value_best) AS value_best,
    any_value(claim.value_high) AS value_high,
    any_value(claim.event_start) AS event_start,
    any_value(claim.event_end) AS event_end
FROM (SELECT DISTINCT unnest($prefixes::VARCHAR[]) AS prefix) AS wanted
JOIN core.claim AS claim
    ON left(claim.claim_id, 8) = left(wanted.prefix, 8) AND starts_with(claim.claim_id, wanted.prefix)
GROUP BY wanted.prefix
