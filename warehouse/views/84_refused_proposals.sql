CREATE OR REPLACE VIEW refused_proposals AS
SELECT
    refused.article_id,
    article.url,
    article.outlet,
    refused.version_id,
    refused.mission,
    refused.extractor,
    refused.extractor_version,
    refused.reason,
    refused.detail,
    refused.proposal,
    refused.run_id,
    refused.recorded_at
FROM core.refused_proposal AS refused
LEFT JOIN core.article AS article USING (article_id);
COMMENT ON VIEW refused_proposals IS
    'One row per proposal of another extractor than the rules that the grounding gate refused, with the reason; never part of claims or facts. Grain: proposal.';
