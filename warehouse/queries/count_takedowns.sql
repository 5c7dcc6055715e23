SELECT count(*) FROM ops.takedown
