CREATE OR REPLACE TEMP TABLE incoming_run AS
FROM read_json($files, format = 'newline_delimited', columns = {
    'run_id': 'VARCHAR', 'started_at': 'TIMESTAMPTZ', 'ended_at': 'TIMESTAMPTZ', 'state': 'VARCHAR',
    'feeds_polled': 'BIGINT', 'feeds_unchanged': 'BIGINT', 'feeds_failed': 'BIGINT', 'entries_new': 'BIGINT',
    'articles_loaded': 'BIGINT', 'copies': 'BIGINT', 'rejected': 'BIGINT', 'claims_new': 'BIGINT',
    'seconds': 'DOUBLE', 'detail': 'VARCHAR'
})
