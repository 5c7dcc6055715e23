-- One DROP statement per view and table macro of ours: they are made anew as a whole, so that one that was given up does
-- not stay.
SELECT format('DROP VIEW "{}"."{}"', schema_name, view_name)
FROM duckdb_views()
WHERE database_name = current_database() AND NOT internal
UNION ALL
SELECT format('DROP MACRO TABLE "{}"."{}"', schema_name, function_name)
FROM duckdb_functions()
WHERE database_name = current_database() AND NOT internal AND function_type = 'table_macro'
ORDER BY ALL
