DELETE FROM search.posting
