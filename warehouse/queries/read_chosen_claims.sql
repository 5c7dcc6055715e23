SELECT * EXCLUDE (is_superseded, run_id, recorded_at)
FROM core.claim AS claim
WHERE claim.rowid IN (SELECT place FROM chosen_claim WHERE batch = $batch)
ORDER BY claim_id
