DELETE FROM ops.run WHERE run_id IN (SELECT run_id FROM incoming_run)
