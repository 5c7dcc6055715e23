INSERT INTO core.claim BY NAME
SELECT DISTINCT ON (claim_id) *, false AS is_superseded, $recorded_at::TIMESTAMPTZ AS recorded_at
FROM incoming_claim AS new
WHERE NOT EXISTS (FROM core.claim AS old WHERE old.claim_id = new.claim_id AND old.recorded_at >= getvariable('known_since'))
-- Of one wording that was captured on two days, and says "on Monday".
ORDER BY run_id, event_start, event_end, as_of
