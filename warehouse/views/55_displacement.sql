CREATE OR REPLACE VIEW displacement AS
SELECT * EXCLUDE (kind, subkind, currency, person, role)
FROM facts
WHERE kind = 'displacement';
COMMENT ON VIEW displacement IS
    'One row per figure of people or households driven from their homes: how many live so on a day (measure stock, never to be summed over time) or had to go in an event (flow). Grain: fact.';
