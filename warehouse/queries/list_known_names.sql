SELECT 'place_id' AS slot, mission, place_id AS name FROM ref.place
UNION ALL
SELECT 'actor' AS slot, mission, actor AS name FROM ref.actor
