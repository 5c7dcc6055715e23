CREATE OR REPLACE VIEW funding AS
SELECT * EXCLUDE (kind, subkind, person, role)
FROM facts
WHERE kind = 'funding';
COMMENT ON VIEW funding IS
    'One row per sum of money paid (status done), promised (pledged), asked for (requested), needed or withheld (unfulfilled), in whole units of its own currency. Grain: fact.';
