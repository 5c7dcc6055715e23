UPDATE ops.run
SET state = 'killed', ended_at = $ended_at, detail = concat_ws(': ', nullif(detail, ''), 'the process ended without a word')
WHERE state = 'running' AND run_id <> $run_id 
    AND ($began_before::TIMESTAMPTZ IS NULL OR started_at <= $began_before::TIMESTAMPTZ)
