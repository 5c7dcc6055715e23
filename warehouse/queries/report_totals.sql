-- What stands in the ledger now.
SELECT
    count(*) AS articles,
    count(*) FILTER (copy_role = 'copy') AS copies,
    sum(revision_count - 1)::BIGINT AS revisions,
    (SELECT count(*) FROM claims) AS claims,
    (SELECT count(*) FROM facts) AS facts
FROM articles
