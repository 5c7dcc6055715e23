DELETE FROM ops.run WHERE run_id = $run_id
