-- The actors that are meant by a word: a code, a name as shown, or any way to write one.
SELECT DISTINCT actor.actor, actor.name
FROM ref.actor AS actor
LEFT JOIN ref.actor_name AS spelling USING (mission, actor)
WHERE lower($word) IN (lower(actor.actor), lower(actor.name), lower(spelling.name))
ORDER BY ALL
LIMIT 3
