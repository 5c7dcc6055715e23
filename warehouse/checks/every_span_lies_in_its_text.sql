WITH spans AS (
    SELECT
        claim.claim_id,
        unnest(map_entries(claim.spans)) AS slot,
        length(if(claim.in_title, version.title, version.text)) AS text_length
    FROM core.claim AS claim
    JOIN core.article_version AS version USING (article_id, version_id)
)
SELECT claim_id, slot.key AS slot, slot.value AS spans, text_length
FROM spans
WHERE len(list_filter(slot.value, lambda span: span[1] < 0 OR span[2] <= span[1] OR span[2] > text_length)) > 0
