CREATE OR REPLACE TEMP TABLE incoming_poll AS
FROM read_json($files, format = 'newline_delimited', columns = {
    'run_id': 'VARCHAR', 'feed': 'VARCHAR', 'polled_at': 'TIMESTAMPTZ', 'outcome': 'VARCHAR', 'status': 'INTEGER',
    'reason': 'VARCHAR', 'detail': 'VARCHAR', 'final_url': 'VARCHAR', 'etag': 'VARCHAR', 'last_modified': 'VARCHAR',
    'body_hash': 'VARCHAR', 'body_bytes': 'BIGINT', 'entries_seen': 'BIGINT', 'entries_new': 'BIGINT',
    'newest_entry_at': 'TIMESTAMPTZ', 'faults': 'VARCHAR[]', 'next_due_at': 'TIMESTAMPTZ', 'due_reason': 'VARCHAR',
    'not_before': 'TIMESTAMPTZ', 'failure_count': 'BIGINT', 'archive_file': 'VARCHAR', 'archive_offset': 'BIGINT',
    'asked_url': 'VARCHAR', 'next_url': 'VARCHAR', 'moved_to': 'VARCHAR', 'moved_days': 'BIGINT',
    'entries_hash': 'VARCHAR', 'interval_seconds': 'DOUBLE', 'fresh_seconds': 'DOUBLE', 'ttl_seconds': 'DOUBLE',
    'skip_hours': 'INTEGER[]', 'skip_days': 'INTEGER[]'
})
