DELETE FROM core.article_mission WHERE article_id = $article_id
