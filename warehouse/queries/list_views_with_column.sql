SELECT table_name
FROM duckdb_columns()
WHERE database_name = current_database()
    AND schema_name = 'main'
    AND NOT internal
    AND column_name = $column
    AND data_type = 'VARCHAR'
