-- The words kept with a value ("more than 5,600") stand in the text, and the span shows the number among them ("5,600").
WITH valued AS (
    SELECT
        claim.claim_id,
        claim.original_value,
        if(claim.in_title, version.title, version.text) AS wording,
        claim.spans['value'][1][1] AS start_offset,
        claim.spans['value'][1][2] AS end_offset
    FROM core.claim AS claim
    JOIN core.article_version AS version USING (article_id, version_id)
    WHERE claim.original_value IS NOT NULL AND len(claim.spans['value']) = 1
)
SELECT DISTINCT claim_id, original_value, substring(wording, start_offset + 1, end_offset - start_offset) AS shown
FROM valued
WHERE NOT contains(wording, original_value)
    OR NOT contains(original_value, substring(wording, start_offset + 1, end_offset - start_offset))
