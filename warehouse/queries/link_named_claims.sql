INSERT INTO core.correction_link
SELECT line, 'claim' AS side, claim_id, 'named' AS basis FROM ref.correction WHERE claim_id IS NOT NULL
UNION ALL
SELECT line, 'other' AS side, other_id, 'named' AS basis FROM ref.correction WHERE other_id IS NOT NULL
