SELECT claim_id, value_best, original_value
FROM core.claim
WHERE kind = 'funding' AND coalesce(value_low, value_best, value_high) IS NOT NULL AND currency IS NULL
    AND unit IS DISTINCT FROM 'percent'
