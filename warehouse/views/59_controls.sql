CREATE OR REPLACE VIEW controls AS
SELECT * EXCLUDE (kind, currency, person, role)
FROM facts
WHERE kind = 'control';
COMMENT ON VIEW controls IS
    'One row per share or named area that somebody holds or has retaken. Grain: fact.';
