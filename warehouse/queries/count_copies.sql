SELECT count(*)
FROM core.article_version
WHERE is_newest AND copy_role = 'copy' AND article_id IN (SELECT unnest($article_ids::VARCHAR[]))
