DELETE FROM core.article WHERE article_id = $article_id
