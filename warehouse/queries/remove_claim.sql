DELETE FROM core.claim WHERE article_id = $article_id
