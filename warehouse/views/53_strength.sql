CREATE OR REPLACE VIEW strength AS
SELECT * EXCLUDE (kind, subkind, currency, person, role)
FROM facts
WHERE kind = 'strength';
COMMENT ON VIEW strength IS
    'One row per figure of how many people are there, of one contributor or of the whole force, as of a day. Stocks: never to be summed over time. Grain: fact.';
