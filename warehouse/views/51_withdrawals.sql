CREATE OR REPLACE VIEW withdrawals AS
SELECT * EXCLUDE (kind, subkind, currency, person, role)
FROM facts
WHERE kind = 'withdrawal';
COMMENT ON VIEW withdrawals IS
    'One row per movement of people back home, done or planned (see status). Grain: fact.';
