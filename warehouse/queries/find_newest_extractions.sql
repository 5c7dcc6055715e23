-- Who has read the texts of this load, the newest run's reading where there are several; spools of earlier releases say
-- so by their claims alone. `version_before` is that of the reading that counted until now.
CREATE OR REPLACE TEMP TABLE newest_extraction AS
WITH incoming AS (
    FROM incoming_extraction
    UNION
    SELECT run_id, article_id, version_id, mission, extractor, extractor_version FROM incoming_claim
),
newest AS (
    SELECT
        article_id,
        version_id,
        mission,
        extractor,
        max(run_id) AS run_id,
        arg_max(extractor_version, (run_id, extractor_version)) AS extractor_version,
        count(DISTINCT extractor_version) > 1 AS is_of_several
    FROM incoming
    GROUP BY article_id, version_id, mission, extractor
),
known AS (
    SELECT version_id, mission, extractor, extractor_version AS version_before
    FROM core.extraction
    WHERE NOT is_superseded AND version_id IN (SELECT version_id FROM newest) AND recorded_at >= getvariable('known_since')
)
SELECT
    *,
    is_of_several OR coalesce(version_before <> extractor_version, false) AS is_another
FROM newest
LEFT JOIN known USING (version_id, mission, extractor)
