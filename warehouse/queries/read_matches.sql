CREATE OR REPLACE TEMP TABLE incoming_match AS
FROM read_json($files, format = 'newline_delimited', columns = {
    'run_id': 'VARCHAR', 'article_id': 'VARCHAR', 'version_id': 'VARCHAR', 'mission': 'VARCHAR', 'score': 'DOUBLE',
    'terms': 'VARCHAR[]'
})
