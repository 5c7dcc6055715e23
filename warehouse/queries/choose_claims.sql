CREATE OR REPLACE TEMP TABLE chosen_claim AS
SELECT claim.rowid AS place, chosen.batch
FROM core.claim AS claim
JOIN chosen_text AS chosen USING (version_id)
WHERE NOT claim.is_superseded AND claim.mission IN $missions AND claim.extractor IN $extractors
