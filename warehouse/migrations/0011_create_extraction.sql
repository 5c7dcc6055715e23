-- Which version of an extractor has read a wording, also where it found nothing: a newer one that finds no claim takes
-- the place of an older one that did. `is_superseded` is kept up to date by each load; nothing else changes.
CREATE TABLE core.extraction (
    article_id VARCHAR,
    version_id VARCHAR,
    mission VARCHAR,
    extractor VARCHAR,
    extractor_version VARCHAR,
    is_superseded BOOLEAN,
    run_id VARCHAR,
    recorded_at TIMESTAMPTZ
);
COMMENT ON TABLE core.extraction IS
    'One row per reading of a wording for a mission by a version of an extractor, whatever it found. Grain: version_id, mission, extractor and recorded_at.';
-- Of earlier readings those are known that found something.
INSERT INTO core.extraction
SELECT
    article_id, version_id, mission, extractor, extractor_version, bool_and(is_superseded), min(run_id), min(recorded_at)
FROM core.claim
GROUP BY article_id, version_id, mission, extractor, extractor_version
ORDER BY min(recorded_at), version_id, mission, extractor, extractor_version;
