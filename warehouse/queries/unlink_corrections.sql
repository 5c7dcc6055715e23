DELETE FROM core.correction_link
WHERE basis <> 'named'
    AND claim_id IN (
        SELECT claim.claim_id
        FROM core.claim AS claim
        SEMI JOIN touched_article USING (article_id)
        WHERE claim.recorded_at >= $since
    )
