INSERT INTO core.article_version BY NAME
FROM new_version
