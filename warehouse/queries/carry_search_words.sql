-- Not the words of what is gone, which may have been taken down.
INSERT INTO search.word
SELECT * FROM earlier.search.word SEMI JOIN search.posting USING (word)
