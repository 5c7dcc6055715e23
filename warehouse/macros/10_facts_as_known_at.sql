CREATE OR REPLACE MACRO facts_as_known_at(t) AS TABLE
SELECT * EXCLUDE (best_acled, best_latest, best_official, known_to)
FROM fact_versions
WHERE known_from <= t::TIMESTAMPTZ AND (known_to IS NULL OR known_to > t::TIMESTAMPTZ);
COMMENT ON MACRO TABLE facts_as_known_at IS
    'One row per fact of the view facts as it was at a moment: what the ledger said then, with the sources it had then. Grain: fact.';
