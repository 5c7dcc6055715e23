INSERT INTO core.fact_alias BY NAME
SELECT retired_id, fact_id, $known_at::TIMESTAMPTZ AS known_from
FROM moved_fact AS moved
WHERE NOT EXISTS (
    FROM core.fact_alias AS old WHERE old.retired_id = moved.retired_id AND old.fact_id = moved.fact_id
)
