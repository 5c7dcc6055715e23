-- Ids in the file that no claim of the ledger had so far.
SELECT claim FROM ref.correction WHERE claim_id IS NULL
UNION
SELECT other FROM ref.correction WHERE other IS NOT NULL AND other_id IS NULL
