-- A zone of a series reaches over the levels that it touches, and over the one before and the one after: whether a figure
-- goes on or begins anew depends on them. Levels that lasted for years are cut off there; their facts stand in.
CREATE OR REPLACE TEMP TABLE touched_zone AS
WITH level AS (
    SELECT stream, first_on, last_on
    FROM core.fact
    WHERE known_to IS NULL AND rule = 'level' AND stream IN (SELECT stream FROM touched_zone)
),
reached AS (
    SELECT
        zone.stream,
        zone.first_on,
        zone.last_on,
        min(level.first_on) FILTER (level.last_on >= zone.first_on) AS touched_from,
        max(level.last_on) FILTER (level.first_on <= zone.last_on) AS touched_to,
        arg_max(level.first_on, (level.last_on, level.first_on)) FILTER (level.last_on < zone.first_on) AS before_from,
        arg_min(level.last_on, (level.first_on, level.last_on)) FILTER (level.first_on > zone.last_on) AS after_to
    FROM touched_zone AS zone
    LEFT JOIN level USING (stream)
    GROUP BY ALL
)
SELECT
    stream,
    greatest(least(first_on, touched_from, before_from), first_on - 1000) AS first_on,
    least(greatest(last_on, touched_to, after_to), last_on + 1000) AS last_on
FROM reached
