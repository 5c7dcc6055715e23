CREATE OR REPLACE VIEW deployments AS
SELECT * EXCLUDE (kind, subkind, currency, person, role)
FROM facts
WHERE kind = 'deployment';
COMMENT ON VIEW deployments IS
    'One row per movement of people to the theatre, done or planned (see status). Flows: not to be added to strength. Grain: fact.';
