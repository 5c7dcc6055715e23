-- The span of a value reproduces the words kept with it, where the value stands in one piece.
SELECT DISTINCT claim.claim_id, claim.original_value
FROM core.claim AS claim
JOIN core.article_version AS version USING (article_id, version_id)
WHERE claim.original_value IS NOT NULL
    AND len(claim.spans['value']) = 1
    AND claim.original_value <> substring(
        if(claim.in_title, version.title, version.text),
        claim.spans['value'][1][1] + 1,
        claim.spans['value'][1][2] - claim.spans['value'][1][1]
    )
