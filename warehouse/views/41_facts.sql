CREATE OR REPLACE VIEW facts AS
SELECT * EXCLUDE (best_acled, best_latest, best_official, known_to)
FROM fact_versions
WHERE known_to IS NULL;
COMMENT ON VIEW facts IS
    'One row per fact: what the claims of the newest wordings add up to, and how many independent sources say so. Only flows may be summed, and only of one status. Grain: fact.';
