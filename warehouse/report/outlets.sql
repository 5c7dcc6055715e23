-- The outlets that tell of the mission.
SELECT
    outlet,
    any_value(outlet_country) AS country,
    count(*) AS articles,
    count(*) FILTER (copy_role = 'copy') AS copies,
    max(published_at) AS newest
FROM articles
WHERE list_contains(missions, $mission)
GROUP BY outlet
ORDER BY articles DESC, outlet
LIMIT 100
