-- The span of a sentence reproduces its words, code point by code point.
SELECT DISTINCT claim.claim_id, claim.sentence
FROM core.claim AS claim
JOIN core.article_version AS version USING (article_id, version_id)
WHERE len(claim.spans['sentence']) = 1
    AND claim.sentence <> substring(
        if(claim.in_title, version.title, version.text),
        claim.spans['sentence'][1][1] + 1,
        claim.spans['sentence'][1][2] - claim.spans['sentence'][1][1]
    )
