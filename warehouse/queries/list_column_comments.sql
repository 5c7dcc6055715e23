-- One COMMENT statement per column of ours, taken from the glossary: the same quantity has the same name everywhere,
-- so one line explains it in all tables and views; a line for "table.column" goes before one for "column".
WITH glossary AS (
    FROM read_csv(
        $glossary,
        delim = '\t', header = true, quote = '', escape = '',
        columns = {'name': 'VARCHAR', 'meaning': 'VARCHAR'}
    )
),
ours AS (
    SELECT schema_name, table_name, column_name, table_name || '.' || column_name AS full_name
    FROM duckdb_columns()
    WHERE database_name = current_database()
        AND NOT internal
        -- A lake takes no comments on the columns of views.
        AND (
            table_name IN (SELECT table_name FROM duckdb_tables() WHERE database_name = current_database())
            OR 'ducklake' <> (SELECT type FROM duckdb_databases() WHERE database_name = current_database())
        )
)
SELECT
    format(
        'COMMENT ON COLUMN "{}"."{}"."{}" IS ''{}''',
        schema_name, table_name, column_name, replace(coalesce(exact.meaning, general.meaning), '''', '''''')
    )
FROM ours
LEFT JOIN glossary AS exact ON exact.name = ours.full_name
LEFT JOIN glossary AS general ON general.name = ours.column_name
WHERE coalesce(exact.meaning, general.meaning) IS NOT NULL
ORDER BY schema_name, table_name, column_name
