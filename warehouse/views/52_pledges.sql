CREATE OR REPLACE VIEW pledges AS
SELECT * EXCLUDE (kind, subkind, person, role)
FROM facts
WHERE kind = 'pledge';
COMMENT ON VIEW pledges IS
    'One row per promise of people, kept or not; promises sets them against what came. Grain: fact.';
