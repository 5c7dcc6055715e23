-- A final reason under each of its addresses: no later run asks for it again.
INSERT INTO ops.rejection BY NAME
SELECT
    unnest($urls) AS url,
    'load' AS stage,
    'taken_down' AS reason,
    $reason AS detail,
    true AS is_final,
    'takedown' AS run_id,
    $recorded_at::TIMESTAMPTZ AS recorded_at
