DELETE FROM core.extraction WHERE article_id = $article_id
