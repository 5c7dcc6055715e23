INSERT INTO ops.run BY NAME
SELECT
    $run_id::VARCHAR AS run_id,
    $started_at::TIMESTAMPTZ AS started_at,
    $ended_at::TIMESTAMPTZ AS ended_at,
    $state::VARCHAR AS state,
    $feeds_polled::BIGINT AS feeds_polled,
    $feeds_unchanged::BIGINT AS feeds_unchanged,
    $feeds_failed::BIGINT AS feeds_failed,
    $entries_new::BIGINT AS entries_new,
    $articles_loaded::BIGINT AS articles_loaded,
    $copies::BIGINT AS copies,
    $rejected::BIGINT AS rejected,
    $claims_new::BIGINT AS claims_new,
    $seconds::DOUBLE AS seconds,
    $detail::VARCHAR AS detail
