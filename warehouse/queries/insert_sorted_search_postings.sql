INSERT INTO search.posting
FROM sorted_posting
