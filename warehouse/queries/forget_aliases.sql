-- An id that was retired at this moment and stands again has not been retired.
DELETE FROM core.fact_alias
WHERE known_from = $known_at
    AND retired_id IN (
        SELECT fact_id FROM core.fact WHERE known_to IS NULL AND fact_id IN (SELECT fact_id FROM touched_fact)
    )
