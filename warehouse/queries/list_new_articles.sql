SELECT article_id FROM new_article
