-- No version of them was recorded before: a constant by which DuckDB skips what is older.
SET VARIABLE reached_since = (SELECT min(recorded_at) FROM reached_article)
