-- Claims of extractors of other makes stand beside those of the rules; what the gate refused is kept apart.
ALTER TABLE core.claim ADD COLUMN extractor VARCHAR;
ALTER TABLE core.claim ADD COLUMN grounding VARCHAR;
UPDATE core.claim SET extractor = 'rules', grounding = 'exact';
CREATE TABLE core.refused_proposal (
    article_id VARCHAR,
    version_id VARCHAR,
    mission VARCHAR,
    extractor VARCHAR,
    extractor_version VARCHAR,
    reason VARCHAR,
    detail VARCHAR,
    proposal JSON,
    run_id VARCHAR,
    recorded_at TIMESTAMPTZ
);
COMMENT ON TABLE core.refused_proposal IS
    'What another extractor proposed and the grounding gate refused, or that it gave no answer for an article. Nothing of it is a claim. Grain: proposal.';
