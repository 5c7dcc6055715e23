DELETE FROM incoming_claim WHERE article_id IN (SELECT article_id FROM taken_down_article)
