CREATE OR REPLACE TEMP TABLE reached_fact AS
FROM read_json($file, format = 'newline_delimited', columns = {'fact_id': 'VARCHAR'})
