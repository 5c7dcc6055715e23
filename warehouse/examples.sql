-- What was promised, what has come, what is outstanding?
FROM promises;

-- Who sent how many, and when?
SELECT event_start, actor_name, value_best, unit_class, n_outlets
FROM deployments
WHERE status = 'done' AND value_best IS NOT NULL
ORDER BY event_start;

-- Who was killed where, by how many sources?
SELECT event_start, place, subkind, actor_name, value_low, value_high, agreement, n_independent
FROM casualties
ORDER BY event_start DESC;

-- In which words, by whom?
SELECT kind, coalesce(source_name, outlet) AS says, sentence, published_at, url
FROM claims
ORDER BY published_at DESC
LIMIT 20;

-- What do reports contradict each other about?
FROM disputes;

-- What was known at a moment?
SELECT kind, actor_name, value_best, agreement
FROM facts_as_known_at('2025-01-27 07:00');

-- What has changed since then?
FROM changes_since('2025-01-27 07:00');

-- How many facts of which kind, by agreement?
SELECT kind, agreement, count(*) AS facts
FROM facts
GROUP BY ALL
ORDER BY ALL;

-- What was not loaded, and why?
SELECT stage, reason, count(*) AS urls
FROM rejections
GROUP BY ALL
ORDER BY urls DESC;
