-- The full-text extension keeps each index in a schema of its own.
SELECT schema_name
FROM duckdb_schemas()
WHERE database_name = current_database() AND schema_name LIKE 'fts\_%' ESCAPE '\'
LIMIT 1
