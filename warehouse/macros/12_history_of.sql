-- An id that was retired leads to the fact that it became; a split may have brought a retired id back.
CREATE OR REPLACE MACRO history_of(id) AS TABLE
WITH RECURSIVE known_as AS (
    SELECT id::VARCHAR AS fact_id
    UNION
    SELECT alias.fact_id
    FROM known_as
    JOIN core.fact_alias AS alias ON alias.retired_id = known_as.fact_id
    WHERE NOT EXISTS (FROM facts WHERE facts.fact_id = alias.retired_id)
)
SELECT *
FROM fact_versions
WHERE fact_id IN (FROM known_as)
ORDER BY known_from, fact_id;
COMMENT ON MACRO TABLE history_of IS
    'One row per version of one fact, oldest first, also where its id was retired because it was found to be another fact. Grain: fact_id and known_from.';
