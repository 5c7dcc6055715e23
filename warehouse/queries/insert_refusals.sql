INSERT INTO core.refused_proposal BY NAME
SELECT DISTINCT *, $recorded_at::TIMESTAMPTZ AS recorded_at
FROM incoming_refusal AS new
WHERE NOT EXISTS (
    FROM core.refused_proposal AS old
    WHERE old.version_id = new.version_id
        AND old.mission = new.mission
        AND old.extractor = new.extractor
        AND old.extractor_version = new.extractor_version
        AND old.reason = new.reason
        AND old.detail IS NOT DISTINCT FROM new.detail
        AND old.proposal IS NOT DISTINCT FROM new.proposal
)
