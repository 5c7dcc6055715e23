-- Stems of the words as they are written, accents taken off afterwards: the stemmer goes by them. There is none for
-- Haitian Creole and Swahili.
INSERT INTO search.word
SELECT DISTINCT
    strip_accents(form) AS word,
    language,
    strip_accents(CASE language
        WHEN 'en' THEN stem(form, 'english')
        WHEN 'fr' THEN stem(form, 'french')
        WHEN 'es' THEN stem(form, 'spanish')
        ELSE form
    END) AS stem
FROM (SELECT DISTINCT form, coalesce(language, '') AS language FROM form)
EXCEPT
FROM search.word
ORDER BY ALL
