CREATE OR REPLACE VIEW displacement AS
SELECT * EXCLUDE (kind, currency, person, role)
FROM facts
WHERE kind = 'displacement';
COMMENT ON VIEW displacement IS
    'One row per figure of people or households driven from their homes. Stocks: never to be summed over time. Grain: fact.';
