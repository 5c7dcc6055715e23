SELECT count(*) = 4
FROM duckdb_tables()
WHERE database_name = current_database() AND schema_name = 'search'
