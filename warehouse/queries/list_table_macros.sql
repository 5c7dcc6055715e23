-- Questions with an argument that a snapshot brings along.
SELECT DISTINCT function_name
FROM duckdb_functions()
WHERE database_name = $database AND function_type = 'table_macro' AND NOT internal;
