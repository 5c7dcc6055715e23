-- For each table of ours the statement that copies its rows from `source`, and one that counts those that are there.
SELECT
    format('INSERT INTO "{0}"."{1}" BY NAME FROM source."{0}"."{1}" ORDER BY rowid', schema_name, table_name),
    format('SELECT count(*) FROM "{}"."{}"', schema_name, table_name)
FROM duckdb_tables()
WHERE database_name = current_database()
    AND NOT internal
    -- The index of words is made anew where it is wanted.
    AND schema_name NOT IN ('main', 'search')
    AND (schema_name, table_name) NOT IN (('ops', 'migration'), ('ops', 'fingerprint'))
ORDER BY schema_name, table_name
