CREATE OR REPLACE TEMP TABLE incoming_rejection AS
FROM read_json($files, format = 'newline_delimited', columns = {
    'run_id': 'VARCHAR', 'url': 'VARCHAR', 'stage': 'VARCHAR', 'reason': 'VARCHAR', 'detail': 'VARCHAR',
    'feed': 'VARCHAR', 'is_final': 'BOOLEAN'
})
