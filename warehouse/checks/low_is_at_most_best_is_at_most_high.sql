SELECT claim_id, value_low, value_best, value_high
FROM core.claim
WHERE value_low > value_best OR value_best > value_high OR value_low > value_high
