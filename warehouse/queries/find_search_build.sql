-- Whether the index was made by these rules, and whether more was added to it than was in it when it was last sorted.
SELECT
    (SELECT max(rules) FROM search.build) IS NOT DISTINCT FROM $rules,
    count(*) FILTER (is_appended) > count(*) FILTER (NOT is_appended)
FROM search.document
