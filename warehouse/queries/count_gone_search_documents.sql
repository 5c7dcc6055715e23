SELECT count(*) FROM gone_document
