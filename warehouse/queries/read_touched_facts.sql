CREATE OR REPLACE TEMP TABLE touched_fact AS
FROM read_json($file, format = 'newline_delimited', columns = {'fact_id': 'VARCHAR', 'is_superseded': 'BOOLEAN'})
