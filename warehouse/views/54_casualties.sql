CREATE OR REPLACE VIEW casualties AS
SELECT * EXCLUDE (kind, currency, person, role)
FROM facts
WHERE kind = 'casualty';
COMMENT ON VIEW casualties IS
    'One row per figure of people harmed; subkind is the harm, actor is who was harmed, target who did it. Running totals (measure cumulative) contain the single events (flow): never add the two. Grain: fact.';
