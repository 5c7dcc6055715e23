CREATE OR REPLACE VIEW needs AS
SELECT * EXCLUDE (kind, subkind, currency, person, role)
FROM facts
WHERE kind = 'need';
COMMENT ON VIEW needs IS
    'One row per figure of people who go hungry or need aid. Grain: fact.';
