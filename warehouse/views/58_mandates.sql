CREATE OR REPLACE VIEW mandates AS
SELECT * EXCLUDE (kind, currency, person, role)
FROM facts
WHERE kind = 'mandate';
COMMENT ON VIEW mandates IS
    'One row per resolution, authorised size, extension or expiry. Grain: fact.';
