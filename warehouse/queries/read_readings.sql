CREATE OR REPLACE TEMP TABLE incoming_reading AS
FROM read_json($files, format = 'newline_delimited', maximum_object_size = 268435456, columns = {
    'run_id': 'VARCHAR', 'article_id': 'VARCHAR', 'version_id': 'VARCHAR', 'url': 'VARCHAR', 'asked_url': 'VARCHAR',
    'final_url': 'VARCHAR', 'page_url': 'VARCHAR', 'fetched_at': 'TIMESTAMPTZ', 'outlet': 'VARCHAR',
    'outlet_country': 'VARCHAR', 'agency': 'VARCHAR', 'archive_file': 'VARCHAR', 'archive_offset': 'BIGINT',
    'feed': 'VARCHAR', 'guid': 'VARCHAR', 'entry_hash': 'VARCHAR', 'title': 'VARCHAR', 'text': 'VARCHAR',
    'text_hash': 'VARCHAR', 'authors': 'VARCHAR[]', 'canonical_link': 'VARCHAR', 'published_at': 'TIMESTAMPTZ',
    'published_on': 'DATE', 'published_basis': 'VARCHAR', 'published_conflict': 'BOOLEAN',
    'stated_dates': 'STRUCT(basis VARCHAR, "at" TIMESTAMPTZ, "text" VARCHAR)[]', 'language': 'VARCHAR',
    'site_name': 'VARCHAR', 'shingle_count': 'INTEGER', 'reach': 'UBIGINT', 'shingles': 'UBIGINT[]'
})
