INSERT INTO core.article_mission BY NAME
SELECT DISTINCT ON (version_id, mission) *, $recorded_at::TIMESTAMPTZ AS recorded_at
FROM incoming_match AS new
WHERE NOT EXISTS (
    FROM core.article_mission AS old
    WHERE old.version_id = new.version_id AND old.mission = new.mission AND old.recorded_at >= getvariable('known_since')
)
ORDER BY score DESC
