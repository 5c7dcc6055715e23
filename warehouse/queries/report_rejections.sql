-- Every URL that did not become an article, by reason.
SELECT stage, reason, count(*) AS urls, min(url) AS example
FROM rejections
GROUP BY stage, reason
ORDER BY urls DESC, stage, reason
