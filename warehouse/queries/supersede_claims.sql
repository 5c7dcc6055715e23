-- Where a newer version of an extractor has read a wording again, the claims of the older one stay, and no longer count.
UPDATE core.claim AS claim
SET is_superseded = true
FROM (
    SELECT
        version_id,
        extractor,
        arg_max(extractor_version, (recorded_at, extractor_version)) AS extractor_version
    FROM core.claim
    WHERE version_id IN (SELECT version_id FROM incoming_claim)
    GROUP BY version_id, extractor
    HAVING count(DISTINCT extractor_version) > 1
) AS newest
WHERE claim.version_id = newest.version_id
    AND claim.extractor = newest.extractor
    AND claim.extractor_version <> newest.extractor_version
    AND NOT claim.is_superseded
