-- Who sent how many, and when: one row a movement that happened, newest first.
SELECT
    coalesce(event_start::VARCHAR, 'day not told') AS day,
    coalesce(actor_name, actor) AS country,
    value_best AS people,
    unit_class AS kind,
    n_outlets AS outlets
FROM deployments
WHERE status = 'done' AND value_best IS NOT NULL
ORDER BY event_start DESC NULLS LAST, value_best DESC, country
