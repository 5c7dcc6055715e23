SELECT claim_id, value_low, value_best, value_high, spans
FROM core.claim
WHERE coalesce(value_low, value_best, value_high) IS NOT NULL
    AND spans['value'] IS NULL
    AND NOT list_contains(derived, 'value')
