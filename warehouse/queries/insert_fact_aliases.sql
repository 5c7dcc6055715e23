-- An id that was gone again at the moment it was given was never known to anybody.
INSERT INTO core.fact_alias BY NAME
SELECT retired_id, fact_id, $known_at::TIMESTAMPTZ AS known_from
FROM moved_fact AS moved
WHERE EXISTS (FROM core.fact AS known WHERE known.fact_id = moved.retired_id)
    AND NOT EXISTS (
        FROM core.fact_alias AS old WHERE old.retired_id = moved.retired_id AND old.fact_id = moved.fact_id
    )
