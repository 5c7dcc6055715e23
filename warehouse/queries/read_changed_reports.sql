CREATE OR REPLACE TEMP TABLE changed_report AS
FROM read_json($file, format = 'newline_delimited', maximum_object_size = 67108864, columns = {
    'claim_id': 'VARCHAR', 'fact_id': 'VARCHAR', 'stream': 'BIGINT', 'rule': 'VARCHAR', 'first_on': 'DATE',
    'last_on': 'DATE', 'origin_id': 'VARCHAR', 'article_id': 'VARCHAR', 'voice': 'VARCHAR', 'voice_rank': 'INTEGER', 'source_type': 'VARCHAR',
    'mission': 'VARCHAR', 'kind': 'VARCHAR', 'subkind': 'VARCHAR', 'measure': 'VARCHAR', 'value_low': 'DECIMAL(18, 3)',
    'value_best': 'DECIMAL(18, 3)', 'value_high': 'DECIMAL(18, 3)', 'qualifier': 'VARCHAR', 'said_low': 'DOUBLE',
    'said_high': 'DOUBLE', 'slack': 'DOUBLE', 'unit': 'VARCHAR', 'unit_class': 'VARCHAR', 'currency': 'VARCHAR',
    'actor': 'VARCHAR', 'subject': 'VARCHAR', 'target': 'VARCHAR', 'person': 'VARCHAR', 'role': 'VARCHAR', 'status': 'VARCHAR',
    'polarity': 'VARCHAR', 'event_start': 'DATE', 'event_end': 'DATE', 'date_precision': 'VARCHAR',
    'date_basis': 'VARCHAR', 'as_of': 'DATE', 'place': 'VARCHAR', 'place_id': 'VARCHAR', 'place_path': 'VARCHAR[]',
    'country': 'VARCHAR', 'admin1': 'VARCHAR', 'admin2': 'VARCHAR', 'latitude': 'DOUBLE', 'longitude': 'DOUBLE',
    'part_of': 'VARCHAR', 'sentence': 'VARCHAR', 'language': 'VARCHAR', 'outlet': 'VARCHAR', 'url': 'VARCHAR',
    'corrections': 'VARCHAR[]', 'is_former': 'BOOLEAN', 'published_at': 'TIMESTAMPTZ', 'published_on': 'DATE', 'recorded_at': 'TIMESTAMPTZ'
})
