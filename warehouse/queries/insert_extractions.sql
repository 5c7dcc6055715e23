INSERT INTO core.extraction BY NAME
SELECT
    article_id, version_id, mission, extractor, extractor_version, run_id,
    false AS is_superseded, $recorded_at::TIMESTAMPTZ AS recorded_at
FROM newest_extraction
WHERE version_before IS DISTINCT FROM extractor_version
