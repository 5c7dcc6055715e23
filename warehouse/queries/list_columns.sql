WITH relation AS (
    SELECT schema_name, table_name, comment
    FROM duckdb_tables()
    WHERE database_name = current_database() AND NOT internal
    UNION ALL
    SELECT schema_name, view_name, comment
    FROM duckdb_views()
    WHERE database_name = current_database() AND NOT internal
)
SELECT
    schema_name,
    table_name,
    coalesce(relation.comment, ''),
    described.column_name,
    described.data_type,
    coalesce(described.comment, '')
FROM duckdb_columns() AS described
JOIN relation USING (schema_name, table_name)
WHERE described.database_name = current_database() AND NOT described.internal
ORDER BY list_position(['main', 'core', 'raw', 'ref', 'ops', 'search'], schema_name), table_name, described.column_index
