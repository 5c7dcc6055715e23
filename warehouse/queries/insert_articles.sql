INSERT INTO core.article BY NAME
FROM new_article
