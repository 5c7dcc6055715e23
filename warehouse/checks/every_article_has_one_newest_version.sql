SELECT article.article_id, count(version.article_id) AS newest_versions
FROM core.article AS article
LEFT JOIN core.article_version AS version ON version.article_id = article.article_id AND version.is_newest
GROUP BY article.article_id
HAVING count(version.article_id) <> 1
