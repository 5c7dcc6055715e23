SELECT 1 FROM duckdb_tables()
WHERE database_name = current_database() AND schema_name = 'ops' AND table_name = 'migration'
