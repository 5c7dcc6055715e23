CREATE OR REPLACE TEMP TABLE incoming_extraction AS
FROM read_json($files, format = 'newline_delimited', columns = {
    'run_id': 'VARCHAR', 'article_id': 'VARCHAR', 'version_id': 'VARCHAR', 'mission': 'VARCHAR',
    'extractor': 'VARCHAR', 'extractor_version': 'VARCHAR'
})
