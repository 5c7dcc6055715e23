SELECT function_name, parameters, coalesce(comment, '')
FROM duckdb_functions()
WHERE database_name = current_database() AND NOT internal AND function_type = 'table_macro'
ORDER BY function_name
