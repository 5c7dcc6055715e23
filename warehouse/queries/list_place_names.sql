-- Every name of every place of the theatres, with the place that a post of that name is of.
SELECT place.mission, place.kind, place.name, place.aliases, coalesce(place.admin2, place.name) AS seat
FROM ref.place AS place
JOIN ref.mission AS mission ON mission.mission = place.mission AND mission.theatre = place.country
ORDER BY place.mission, place.place_id
