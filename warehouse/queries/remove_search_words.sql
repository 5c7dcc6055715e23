-- Not the words of what is gone, which may have been taken down.
DELETE FROM search.word WHERE word NOT IN (SELECT word FROM search.posting)
