DELETE FROM search.posting WHERE document_number IN (SELECT document_number FROM gone_document)
