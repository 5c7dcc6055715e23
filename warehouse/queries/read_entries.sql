CREATE OR REPLACE TEMP TABLE incoming_entry AS
FROM read_json($files, format = 'newline_delimited', columns = {
    'run_id': 'VARCHAR', 'feed': 'VARCHAR', 'guid': 'VARCHAR', 'entry_hash': 'VARCHAR', 'url': 'VARCHAR',
    'title': 'VARCHAR', 'summary': 'VARCHAR', 'content': 'VARCHAR', 'published_at': 'TIMESTAMPTZ',
    'updated_at': 'TIMESTAMPTZ', 'authors': 'VARCHAR[]', 'language': 'VARCHAR'
})
