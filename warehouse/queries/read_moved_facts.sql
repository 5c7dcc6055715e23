CREATE OR REPLACE TEMP TABLE moved_fact AS
FROM read_json($file, format = 'newline_delimited', columns = {'retired_id': 'VARCHAR', 'fact_id': 'VARCHAR'})
