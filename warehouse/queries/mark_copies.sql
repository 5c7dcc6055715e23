UPDATE core.article_version AS version
SET copy_group_id = marked.copy_group_id, copy_role = marked.copy_role
FROM (
    SELECT
        unnest($text_ids::UBIGINT[]) AS text_id,
        unnest($article_ids::VARCHAR[]) AS article_id,
        unnest($copy_group_ids::VARCHAR[]) AS copy_group_id,
        unnest($copy_roles::VARCHAR[]) AS copy_role
) AS marked
WHERE version.text_id = marked.text_id
    AND version.article_id = marked.article_id
