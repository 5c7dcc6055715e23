DELETE FROM core.correction_link
WHERE claim_id IN (SELECT claim_id FROM core.claim WHERE article_id = $article_id)
