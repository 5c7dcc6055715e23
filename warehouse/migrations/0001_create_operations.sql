-- What the pipeline did: runs, polls, rejections, and the history of this schema.
-- No primary keys, unique constraints or indexes anywhere: de-duplication is an anti-join in the loading transaction
-- (constraints block schema changes, cost memory, and do not exist in DuckLake, where the same SQL must run later).
CREATE SCHEMA IF NOT EXISTS ops;

CREATE TABLE ops.migration (
    version INTEGER,
    name VARCHAR,
    checksum VARCHAR,
    applied_at TIMESTAMPTZ
);
COMMENT ON TABLE ops.migration IS 'One row per migration that this file went through. Grain: migration.';

CREATE TABLE ops.fingerprint (
    name VARCHAR,
    checksum VARCHAR,
    recorded_at TIMESTAMPTZ
);
COMMENT ON TABLE ops.fingerprint IS
    'One row per thing that is replaced as a whole when it changes (views, seeds). Grain: thing.';

CREATE TABLE ops.run (
    run_id VARCHAR,
    started_at TIMESTAMPTZ,
    ended_at TIMESTAMPTZ,
    state VARCHAR,
    feeds_polled BIGINT,
    feeds_unchanged BIGINT,
    feeds_failed BIGINT,
    entries_new BIGINT,
    articles_loaded BIGINT,
    copies BIGINT,
    rejected BIGINT,
    claims_new BIGINT,
    seconds DOUBLE,
    detail VARCHAR
);
COMMENT ON TABLE ops.run IS 'One row per run of the pipeline. Grain: run.';

CREATE TABLE ops.poll (
    feed VARCHAR,
    polled_at TIMESTAMPTZ,
    outcome VARCHAR,
    status INTEGER,
    reason VARCHAR,
    detail VARCHAR,
    final_url VARCHAR,
    etag VARCHAR,
    last_modified VARCHAR,
    body_hash VARCHAR,
    body_bytes BIGINT,
    entries_seen BIGINT,
    entries_new BIGINT,
    newest_entry_at TIMESTAMPTZ,
    faults VARCHAR[],
    next_due_at TIMESTAMPTZ,
    due_reason VARCHAR,
    not_before TIMESTAMPTZ,
    failure_count BIGINT,
    archive_file VARCHAR,
    archive_offset BIGINT,
    run_id VARCHAR,
    recorded_at TIMESTAMPTZ
);
COMMENT ON TABLE ops.poll IS 'One row per request for a feed; rows are only ever added. Grain: feed and polled_at.';

CREATE TABLE ops.rejection (
    url VARCHAR,
    stage VARCHAR,
    reason VARCHAR,
    detail VARCHAR,
    feed VARCHAR,
    is_final BOOLEAN,
    run_id VARCHAR,
    recorded_at TIMESTAMPTZ
);
COMMENT ON TABLE ops.rejection IS
    'One row per URL that a run gave up; rows are only ever added. Grain: run, url and stage.';
