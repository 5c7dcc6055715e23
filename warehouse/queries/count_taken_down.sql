SELECT
    (SELECT count(*) FROM core.article_version WHERE article_id = $article_id) AS versions,
    (SELECT count(*) FROM core.claim WHERE article_id = $article_id) AS claims,
    (SELECT count(*) FROM raw.page WHERE article_id = $article_id) AS pages
