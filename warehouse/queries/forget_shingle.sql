DELETE FROM core.shingle
WHERE text_id IN (SELECT text_id FROM touched_text)
    AND text_id NOT IN (SELECT text_id FROM core.article_version WHERE text_id IS NOT NULL)
