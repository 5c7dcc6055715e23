-- The article that an address means, with its traces: every page of it, under whatever address that was asked for. Its id
-- goes before its own address, and that before an address which a page was asked for or answered under.
WITH named AS (
    SELECT
        article.article_id,
        article.url,
        min(CASE $url WHEN article.article_id THEN 1 WHEN article.url THEN 2 ELSE 3 END) AS rank
    FROM core.article AS article
    LEFT JOIN raw.page AS page USING (article_id)
    WHERE article.url = $url OR article.article_id = $url OR page.asked_url = $url OR page.final_url = $url
    GROUP BY article.article_id, article.url
    QUALIFY rank = min(rank) OVER ()
)
SELECT DISTINCT named.article_id, named.url, page.asked_url, page.final_url, page.archive_file, page.archive_offset
FROM named
LEFT JOIN raw.page AS page USING (article_id)
ORDER BY ALL
