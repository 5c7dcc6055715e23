DELETE FROM raw.page WHERE article_id = $article_id
