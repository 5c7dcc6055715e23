-- Whether an index in the earlier file can be added to: made by the same rules, and not yet added to as much as was in it.
SELECT
    (SELECT max(rules) FROM earlier.search.build) IS NOT DISTINCT FROM $rules
    AND count(*) FILTER (is_appended) <= count(*) FILTER (NOT is_appended)
FROM earlier.search.document
