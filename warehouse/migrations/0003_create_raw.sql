-- What came in, as it came in: rows are only ever added.
CREATE SCHEMA IF NOT EXISTS raw;

CREATE TABLE raw.entry (
    feed VARCHAR,
    guid VARCHAR,
    entry_hash VARCHAR,
    url VARCHAR,
    title VARCHAR,
    summary VARCHAR,
    content VARCHAR,
    published_at TIMESTAMPTZ,
    updated_at TIMESTAMPTZ,
    authors VARCHAR[],
    language VARCHAR,
    run_id VARCHAR,
    recorded_at TIMESTAMPTZ
);
COMMENT ON TABLE raw.entry IS
    'One row per wording of a feed entry, as received. Grain: feed, guid and entry_hash.';

CREATE TABLE raw.page (
    asked_url VARCHAR,
    final_url VARCHAR,
    article_id VARCHAR,
    version_id VARCHAR,
    fetched_at TIMESTAMPTZ,
    feed VARCHAR,
    guid VARCHAR,
    entry_hash VARCHAR,
    archive_file VARCHAR,
    archive_offset BIGINT,
    run_id VARCHAR,
    recorded_at TIMESTAMPTZ
);
COMMENT ON TABLE raw.page IS
    'One row per page that was fetched and became an article, also where its text was known already. Grain: asked_url and fetched_at.';
