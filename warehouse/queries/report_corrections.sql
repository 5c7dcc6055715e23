-- What people say of claims, line by line; ids are cut to what tells claims apart.
SELECT
    line,
    action,
    left(claim_id, 12) AS claim,
    sentence,
    left(other_id, 12) AS other,
    changes,
    note,
    "by",
    "on",
    claim_count AS claims,
    coalesce(problem, '') AS problem
FROM corrections
ORDER BY line
