-- When the feeds were last looked after: a backfill asks none of them, and says nothing of a schedule.
SELECT max(started_at) AS started_at
FROM runs
WHERE NOT starts_with(coalesce(detail, ''), 'backfill')
