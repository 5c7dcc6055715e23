SELECT
    text.article_id, text.version_id, text.title, text.text, text.language, text.published_on,
    article.url, article.outlet, text.published_at, text.revision,
    (SELECT list(mission ORDER BY mission) FROM core.article_mission AS about WHERE about.version_id = text.version_id)
        AS missions
FROM core.article_version AS text
JOIN core.article AS article USING (article_id)
WHERE text.rowid IN (SELECT place FROM chosen_text WHERE batch = $batch)
ORDER BY text.version_id
