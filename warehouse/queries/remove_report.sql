DELETE FROM core.report WHERE article_id = $article_id
