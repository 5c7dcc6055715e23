SELECT copy.article_id, copy.copy_group_id
FROM core.article_version AS copy
WHERE copy.copy_role = 'copy'
    AND NOT EXISTS (
        FROM core.article_version AS original
        WHERE original.article_id = copy.copy_group_id
            AND original.copy_group_id = copy.copy_group_id
            AND original.copy_role = 'original'
    )
