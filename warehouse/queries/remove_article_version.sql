DELETE FROM core.article_version WHERE article_id = $article_id
