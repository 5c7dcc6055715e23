-- What was removed on request leaves one row that says so, and nothing of its text.
CREATE TABLE ops.takedown (
    article_id VARCHAR,
    url VARCHAR,
    reason VARCHAR,
    versions BIGINT,
    claims BIGINT,
    pages BIGINT,
    recorded_at TIMESTAMPTZ
);
COMMENT ON TABLE ops.takedown IS 'One row per article that was removed on request. Grain: article and recorded_at.';
