SELECT DISTINCT out_on FROM new_text ORDER BY out_on
