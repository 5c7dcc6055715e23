-- A voice is kept in small letters, so that two spellings are one.
CREATE OR REPLACE VIEW core.voice AS
WITH named AS (
    SELECT mission, actor AS spelling, name, 1 AS rank FROM ref.actor
    UNION ALL
    SELECT mission, person, person, 2 FROM ref.post
    UNION ALL
    SELECT mission, person, person, 3 FROM core.fact WHERE person IS NOT NULL
    UNION ALL
    SELECT mission.mission, article.outlet, article.outlet, 4
    FROM (SELECT DISTINCT outlet FROM core.article WHERE outlet IS NOT NULL) AS article
    CROSS JOIN ref.mission AS mission
)
SELECT mission, lower(spelling) AS voice, arg_min(name, (rank, name)) AS name
FROM named
GROUP BY ALL;
COMMENT ON VIEW core.voice IS
    'One row per voice that a mission may have, and how one would write it: actors of the seeds in plain English, persons, outlets. Grain: mission and voice.';
