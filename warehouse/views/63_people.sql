CREATE OR REPLACE VIEW people AS
SELECT
    fact.* EXCLUDE (
        kind, measure, value_low, value_best, value_high, qualifier, unit, unit_class, currency
    ),
    post.holds_from,
    post.holds_to
FROM facts AS fact
LEFT JOIN (SELECT unnest(fact_ids) AS fact_id, holds_from, holds_to FROM posts) AS post USING (fact_id)
WHERE fact.kind = 'role';
COMMENT ON VIEW people IS
    'One row per fact of a person who holds, takes or leaves a post (see subkind), with the dates of the post where they are known; posts has one row a post. Grain: fact.';
