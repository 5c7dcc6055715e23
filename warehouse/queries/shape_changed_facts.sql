CREATE OR REPLACE TEMP TABLE changed_fact AS
SELECT * EXCLUDE (known_from, known_to) FROM core.fact LIMIT 0
