DELETE FROM search.document WHERE document_number IN (SELECT document_number FROM gone_document)
