INSERT INTO search.build
SELECT $rules, count(*), greatest(coalesce(avg(word_count), 0), 1)
FROM search.document
