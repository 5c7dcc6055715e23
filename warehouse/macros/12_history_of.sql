-- People copy what a narrow table shows of an id: its beginning is enough. What no id begins with, or several do, is an
-- error, for an empty answer would be read as "nothing is known of it"; who names none (NULL) gets none.
CREATE OR REPLACE MACRO core.whole_fact_id(beginning) AS (
    SELECT CASE
        WHEN beginning IS NULL THEN NULL
        WHEN ids IS NULL
            THEN error(format('no fact has an id that begins with "{}": see fact_id in the view facts', beginning))
        WHEN len(ids) > 1 THEN error(format('{} facts have ids that begin with "{}": write more of it', len(ids), beginning))
        ELSE ids[1]
    END
    FROM (
        SELECT list(fact_id) AS ids
        FROM (
            SELECT fact_id FROM core.fact WHERE starts_with(fact_id, rtrim(beginning, '…'))
            UNION
            SELECT retired_id FROM core.fact_alias WHERE starts_with(retired_id, rtrim(beginning, '…'))
        )
    )
);
-- An id that was retired leads to the fact that it became; a split may have brought a retired id back.
CREATE OR REPLACE MACRO history_of(id) AS TABLE
WITH RECURSIVE known_as AS (
    SELECT core.whole_fact_id(id::VARCHAR) AS fact_id
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
    'One row per version of one fact, oldest first, also where its id was retired because it was found to be another fact. The beginning of the id is enough, as long as no other has it. Grain: fact_id and known_from.';
