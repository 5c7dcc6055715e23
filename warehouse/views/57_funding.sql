CREATE OR REPLACE VIEW funding AS
SELECT * EXCLUDE (kind)
FROM facts
WHERE kind = 'funding';
COMMENT ON VIEW funding IS
    'One row per sum of money paid (status done), promised (pledged), asked for, needed or withheld; in its own currency. Grain: fact.';
