CREATE OR REPLACE VIEW runs AS
SELECT
    run_id,
    started_at,
    ended_at,
    state,
    feeds_polled,
    feeds_unchanged,
    feeds_failed,
    entries_new,
    articles_loaded,
    copies,
    rejected,
    claims_new,
    seconds,
    detail
FROM ops.run;
COMMENT ON VIEW runs IS 'One row per run of the pipeline, counts of that run alone. Grain: run.';
