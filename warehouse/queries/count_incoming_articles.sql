SELECT count(DISTINCT article_id) FROM incoming_reading
