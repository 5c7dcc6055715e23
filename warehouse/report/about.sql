-- How much the ledger holds of the mission, and of what time.
SELECT
    mission.title,
    (SELECT count(*) FROM articles WHERE list_contains(missions, $mission)) AS articles,
    (SELECT count(DISTINCT outlet) FROM articles WHERE list_contains(missions, $mission)) AS outlets,
    (SELECT count(*) FROM claims WHERE mission = $mission) AS claims,
    (SELECT count(*) FROM facts WHERE mission = $mission) AS facts,
    (SELECT count(*) FROM facts WHERE mission = $mission AND agreement = 'contested') AS contested,
    (SELECT min(published_at) FROM articles WHERE list_contains(missions, $mission)) AS first_published_at,
    (SELECT max(published_at) FROM articles WHERE list_contains(missions, $mission)) AS last_published_at,
    (SELECT max(ended_at) FROM runs) AS read_at
FROM (SELECT max(title) AS title FROM ref.mission WHERE mission = $mission) AS mission
