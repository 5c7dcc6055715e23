SELECT version.article_id, version.revision
FROM core.article_version AS version
WHERE NOT EXISTS (FROM core.article AS article WHERE article.article_id = version.article_id)
