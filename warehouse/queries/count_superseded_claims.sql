-- Of the claims that supersede_claims.sql is about to change, those that count until now.
SELECT count(*)
FROM core.claim AS claim
JOIN newest_extraction AS newest
    ON newest.is_another
    AND claim.version_id = newest.version_id
    AND claim.mission = newest.mission
    AND claim.extractor = newest.extractor
WHERE NOT claim.is_superseded AND claim.extractor_version <> newest.extractor_version
