DELETE FROM incoming_match WHERE article_id IN (SELECT article_id FROM taken_down_article)
