DELETE FROM search.build
