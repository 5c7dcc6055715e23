SELECT if(schema_name = 'main', table_name, schema_name || '.' || table_name), column_name, data_type
FROM duckdb_columns()
WHERE database_name = current_database() AND NOT internal
ORDER BY schema_name <> 'main', schema_name, table_name, column_index
