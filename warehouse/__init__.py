"""Records -> rows -> facts -> files: the ledger in DuckDB. Alone in importing duckdb; SQL lives in .sql files."""
