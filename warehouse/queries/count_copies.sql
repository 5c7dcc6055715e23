SELECT count(*)
FROM core.article_version
WHERE is_newest
    AND copy_role = 'copy'
    AND recorded_at >= getvariable('known_since')
    AND article_id IN (SELECT unnest($article_ids::VARCHAR[]))
