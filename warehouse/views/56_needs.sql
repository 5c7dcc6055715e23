CREATE OR REPLACE VIEW needs AS
SELECT * EXCLUDE (kind, currency, person, role)
FROM facts
WHERE kind = 'need';
COMMENT ON VIEW needs IS
    'One row per figure of people in want; subkind is what they want: hunger (who goes hungry), aid (who needs help of any kind). Grain: fact.';
