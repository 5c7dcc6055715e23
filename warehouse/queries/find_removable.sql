-- Every trace of an article under any address it was asked for, answered or is known by.
SELECT DISTINCT article.article_id, article.url, page.asked_url, page.final_url, page.archive_file, page.archive_offset
FROM core.article AS article
LEFT JOIN raw.page AS page USING (article_id)
WHERE article.url = $url OR article.article_id = $url OR page.asked_url = $url OR page.final_url = $url
ORDER BY ALL
