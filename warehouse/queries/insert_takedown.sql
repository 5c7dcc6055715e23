INSERT INTO ops.takedown BY NAME
SELECT
    $article_id AS article_id,
    $url AS url,
    $reason AS reason,
    (SELECT count(*) FROM core.article_version WHERE article_id = $article_id) AS versions,
    (SELECT count(*) FROM core.claim WHERE article_id = $article_id) AS claims,
    (SELECT count(*) FROM raw.page WHERE article_id = $article_id) AS pages,
    $recorded_at::TIMESTAMPTZ AS recorded_at
