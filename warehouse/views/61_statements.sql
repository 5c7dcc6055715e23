CREATE OR REPLACE VIEW statements AS
SELECT * EXCLUDE (kind, subkind, measure, value_low, value_best, value_high, qualifier, unit, unit_class, currency)
FROM facts
WHERE kind = 'statement';
COMMENT ON VIEW statements IS
    'One row per quotation of a named speaker; sentence holds the words. Grain: fact.';
