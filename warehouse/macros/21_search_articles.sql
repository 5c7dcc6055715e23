-- BM25 (k1 1.2, b 0.75), all forms of an asked word taken as one; an article that has half of the asked words counts half.
CREATE OR REPLACE MACRO search_articles(words) AS TABLE
WITH meant AS (FROM words_meant(words)),
hit AS (
    SELECT
        meant.asked,
        posting.document_number,
        -- The form that was asked for before its others.
        sum(posting.occurrences * if(posting.word = meant.asked, 1, 0.8)) AS frequency,
        list(posting.word) AS forms
    FROM search.posting AS posting
    JOIN meant ON meant.word = posting.word
    GROUP BY ALL
),
weight AS (
    SELECT hit.asked, ln(1 + (any_value(build.document_count) - count(*) + 0.5) / (count(*) + 0.5)) AS idf
    FROM hit
    CROSS JOIN search.build AS build
    GROUP BY hit.asked
),
found AS (
    SELECT
        document.version_id,
        sum(
            weight.idf * hit.frequency * 2.2
            / (hit.frequency + 1.2 * (0.25 + 0.75 * document.word_count / build.mean_word_count))
        ) * count(*) / (SELECT count(DISTINCT asked) FROM meant) AS score,
        count(*) AS words_found,
        flatten(list(hit.forms)) AS forms
    FROM hit
    JOIN weight ON weight.asked = hit.asked
    JOIN search.document AS document ON document.document_number = hit.document_number
    CROSS JOIN search.build AS build
    GROUP BY document.version_id
    ORDER BY score DESC, document.version_id
    LIMIT 1000
),
placed AS (
    SELECT
        article.*,
        found.score,
        found.words_found,
        coalesce(list_min(list_filter(
            list_transform(found.forms, lambda form: strpos(strip_accents(lower(article.text)), form)),
            lambda place: place > 0
        )), 1) AS place
    FROM found
    JOIN articles AS article ON article.version_id = found.version_id
)
SELECT
    round(score, 3) AS score,
    words_found,
    title,
    outlet,
    language,
    published_at,
    concat(
        if(place > 80, '… ', ''),
        replace(
            regexp_replace(
                substring(text, greatest(place - 80, 1), 240),
                concat(if(place > 80, '^\S*\s+', '^'), if(length(text) >= place + 160, '|\s+\S*$', '')), '', 'g'
            ),
            E'\n\n', ' '
        ),
        if(length(text) >= place + 160, ' …', '')
    ) AS snippet,
    url,
    copy_role,
    missions,
    article_id,
    version_id
FROM placed
ORDER BY placed.score DESC, published_at DESC, article_id;
COMMENT ON MACRO TABLE search_articles IS
    'One row per article that has one of the words, the best first, at most 1000: title and text, in all languages, whatever the accents, case and endings; words_found says how many of the asked words an article has. Not on a lake. Grain: article.';
