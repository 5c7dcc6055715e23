CREATE OR REPLACE VIEW equipment AS
SELECT * EXCLUDE (kind, subkind, currency, person, role)
FROM facts
WHERE kind = 'equipment';
COMMENT ON VIEW equipment IS
    'One row per figure of vehicles, aircraft or weapons delivered, promised or lost. Grain: fact.';
