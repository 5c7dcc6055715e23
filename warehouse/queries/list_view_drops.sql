-- One DROP statement per view of ours: views are made anew as a whole, so that one that was given up does not stay.
SELECT format('DROP VIEW "{}"."{}"', schema_name, view_name)
FROM duckdb_views()
WHERE database_name = current_database() AND NOT internal
ORDER BY schema_name, view_name
