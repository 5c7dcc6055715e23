CREATE OR REPLACE VIEW deployments AS
SELECT * EXCLUDE (kind, subkind, currency, person, role)
FROM facts
WHERE kind = 'deployment';
COMMENT ON VIEW deployments IS
    'One row per movement of people to the theatre, done or planned (see status). Flows: of one status they may be summed, but never with strength. Grain: fact.';
