-- Where another version of an extractor has read a wording again, its claims count, and those of all other versions stay
-- and no longer count. It may be an earlier version once more, whose claims then count again.
UPDATE core.claim AS claim
SET is_superseded = claim.extractor_version <> newest.extractor_version
FROM newest_extraction AS newest
WHERE newest.is_another
    AND claim.version_id = newest.version_id
    AND claim.mission = newest.mission
    AND claim.extractor = newest.extractor
    AND claim.is_superseded <> (claim.extractor_version <> newest.extractor_version)
