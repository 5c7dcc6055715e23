-- One thing, one row. `revision`, `is_newest`, the copy columns and `is_superseded` are kept up to date by each load,
-- for the articles that it touches only; everything else is never changed.
-- Numbers are DECIMAL(18, 3): counts stay whole, shares keep three digits, amounts of money reach 10^15, sums are exact.
CREATE SCHEMA IF NOT EXISTS core;

CREATE TABLE core.article (
    article_id VARCHAR,
    url VARCHAR,
    outlet VARCHAR,
    outlet_country VARCHAR,
    run_id VARCHAR,
    recorded_at TIMESTAMPTZ
);
COMMENT ON TABLE core.article IS 'One row per article, known by its canonical URL. Grain: article.';

CREATE TABLE core.article_version (
    article_id VARCHAR,
    version_id VARCHAR,
    revision INTEGER,
    is_newest BOOLEAN,
    title VARCHAR,
    text VARCHAR,
    text_hash VARCHAR,
    authors VARCHAR[],
    language VARCHAR,
    site_name VARCHAR,
    agency VARCHAR,
    published_at TIMESTAMPTZ,
    published_on DATE,
    published_basis VARCHAR,
    published_conflict BOOLEAN,
    stated_dates STRUCT(basis VARCHAR, "at" TIMESTAMPTZ, "text" VARCHAR)[],
    canonical_link VARCHAR,
    page_url VARCHAR,
    copy_group_id VARCHAR,
    copy_role VARCHAR,
    fetched_at TIMESTAMPTZ,
    archive_file VARCHAR,
    archive_offset BIGINT,
    run_id VARCHAR,
    recorded_at TIMESTAMPTZ
);
COMMENT ON TABLE core.article_version IS
    'One row per wording of an article, in the order they were seen; a wording that comes back is a new row. Grain: article_id and revision.';

CREATE TABLE core.article_mission (
    article_id VARCHAR,
    version_id VARCHAR,
    mission VARCHAR,
    score DOUBLE,
    terms VARCHAR[],
    run_id VARCHAR,
    recorded_at TIMESTAMPTZ
);
COMMENT ON TABLE core.article_mission IS
    'Which missions an article is about, and the words that spoke for it. Grain: version_id and mission.';

CREATE TABLE core.claim (
    claim_id VARCHAR,
    article_id VARCHAR,
    version_id VARCHAR,
    mission VARCHAR,
    kind VARCHAR,
    subkind VARCHAR,
    measure VARCHAR,
    value_low DECIMAL(18, 3),
    value_best DECIMAL(18, 3),
    value_high DECIMAL(18, 3),
    qualifier VARCHAR,
    original_value VARCHAR,
    unit VARCHAR,
    unit_class VARCHAR,
    currency VARCHAR,
    actor VARCHAR,
    actor_text VARCHAR,
    actor_country VARCHAR,
    target VARCHAR,
    target_text VARCHAR,
    person VARCHAR,
    role VARCHAR,
    status VARCHAR,
    polarity VARCHAR,
    certainty VARCHAR,
    event_start DATE,
    event_end DATE,
    date_precision VARCHAR,
    date_basis VARCHAR,
    as_of DATE,
    place VARCHAR,
    place_id VARCHAR,
    country VARCHAR,
    admin1 VARCHAR,
    admin2 VARCHAR,
    pcode VARCHAR,
    latitude DOUBLE,
    longitude DOUBLE,
    place_basis VARCHAR,
    attribution VARCHAR,
    source VARCHAR,
    source_text VARCHAR,
    source_type VARCHAR,
    via VARCHAR,
    part_of VARCHAR,
    sentence VARCHAR,
    "start" INTEGER,
    "end" INTEGER,
    spans MAP(VARCHAR, INTEGER[][]),
    derived VARCHAR[],
    in_title BOOLEAN,
    confidence DOUBLE,
    rule VARCHAR,
    extractor_version VARCHAR,
    language VARCHAR,
    is_superseded BOOLEAN,
    run_id VARCHAR,
    recorded_at TIMESTAMPTZ
);
COMMENT ON TABLE core.claim IS
    'One row per grounded assertion in one version of one article, by one version of the extractor. Grain: claim.';
