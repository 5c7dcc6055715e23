-- Stems are those of the words in the index, so that nobody who asks needs a stemmer. A word that stands nowhere is taken
-- for the words with the longest stem that it begins with ("kidnappings" for "kidnapped"; short stems only with little
-- behind them), a French plural in -aux for its singular.
CREATE OR REPLACE MACRO words_meant(words) AS TABLE
WITH asked AS (
    SELECT DISTINCT strip_accents(form) AS word
    FROM (SELECT unnest(search.forms_of(words::VARCHAR)) AS form)
    WHERE strip_accents(form) NOT IN (SELECT word FROM search.stop_word)
        AND CASE
            WHEN EXISTS (FROM search.build) THEN true
            ELSE error('there is no search index yet: missionwire brings it up to date with each publication. '
                || 'A lake has none: FROM articles WHERE text ILIKE ''%word%''')
        END
),
known AS (
    SELECT asked.word AS asked, entry.language, entry.stem
    FROM asked
    JOIN search.word AS entry ON entry.word = asked.word
),
near AS (
    SELECT asked.word AS asked, entry.language, entry.stem
    FROM asked
    JOIN search.word AS entry
        ON (
            starts_with(asked.word, entry.stem)
            AND (length(entry.stem) >= 4 OR (length(entry.stem) = 3 AND length(asked.word) <= 5))
        )
        OR entry.stem = regexp_replace(asked.word, 'aux$', 'al')
    WHERE asked.word NOT IN (SELECT known.asked FROM known)
    QUALIFY length(entry.stem) = max(length(entry.stem)) OVER (PARTITION BY asked.word)
)
SELECT DISTINCT asked.word AS asked, entry.word
FROM asked
LEFT JOIN (FROM known UNION ALL FROM near) AS likely ON likely.asked = asked.word
LEFT JOIN search.word AS entry ON entry.language = likely.language AND entry.stem = likely.stem
ORDER BY asked, entry.word;
COMMENT ON MACRO TABLE words_meant IS
    'One row per asked word and word of the articles that a search takes it for: its other forms in every language it was met in; NULL where it stands nowhere. Words too frequent to tell anything are left out. Grain: asked and word.';
