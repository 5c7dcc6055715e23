DELETE FROM core.refused_proposal WHERE article_id = $article_id
