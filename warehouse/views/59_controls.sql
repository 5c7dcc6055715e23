CREATE OR REPLACE VIEW controls AS
SELECT * EXCLUDE (kind, currency, person, role)
FROM facts
WHERE kind = 'control';
COMMENT ON VIEW controls IS
    'One row per share of an area, in percent, or named area that somebody holds (subkind held) or has retaken. Grain: fact.';
