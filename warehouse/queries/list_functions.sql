SELECT DISTINCT function_name
FROM duckdb_functions()
WHERE regexp_full_match(function_name, '[a-z]\w+')
ORDER BY function_name
