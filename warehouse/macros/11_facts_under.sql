CREATE OR REPLACE MACRO facts_under(policy) AS TABLE
SELECT
    * EXCLUDE (best_acled, best_latest, best_official, known_to)
    REPLACE (
        CASE policy
            WHEN 'ucdp' THEN value_best
            -- The most conservative; where there are only vague words, their floor.
            WHEN 'acled' THEN coalesce(best_acled, value_low)
            WHEN 'latest' THEN best_latest
            WHEN 'official' THEN best_official
        END AS value_best
    )
FROM fact_versions
WHERE known_to IS NULL
    AND CASE
        WHEN policy IN ('ucdp', 'acled', 'latest', 'official') THEN true
        ELSE error(format('there is no policy "{}"; known are ucdp, acled, latest and official', policy))
    END;
COMMENT ON MACRO TABLE facts_under IS
    'One row per fact of the view facts, with value_best settled by a named policy: ucdp (the latest of the best sources, as in facts), acled (the lowest), latest (the newest), official (the newest of the UN, governments, the mission and the police; NULL where none of them says). Grain: fact.';
