CREATE OR REPLACE MACRO search_sentences(words) AS TABLE
WITH meant AS (FROM words_meant(words)),
said AS (
    SELECT
        claim.sentence,
        claim.article_id,
        any_value(claim.outlet) AS outlet,
        any_value(claim.language) AS language,
        any_value(claim.published_at) AS published_at,
        any_value(claim.title) AS title,
        any_value(claim.url) AS url,
        any_value(article.score) AS article_score,
        list(DISTINCT claim.kind ORDER BY claim.kind) AS kinds,
        list(claim.claim_id ORDER BY claim.claim_id) AS claim_ids
    FROM search_articles(words) AS article
    JOIN claims AS claim ON claim.version_id = article.version_id
    GROUP BY claim.sentence, claim.article_id
),
form AS (
    SELECT DISTINCT article_id, sentence, strip_accents(unnest(search.forms_of(sentence))) AS word FROM said
),
matched AS (
    SELECT form.article_id, form.sentence, count(DISTINCT meant.asked) AS words_found
    FROM form
    JOIN meant ON meant.word = form.word
    GROUP BY ALL
)
SELECT
    -- All of the asked words first; among equals the better article, and the shorter sentence.
    round(
        matched.words_found / (SELECT count(DISTINCT asked) FROM meant)
            + said.article_score / (1 + said.article_score) / (10 + length(sentence) / 100),
        3
    ) AS score,
    matched.words_found,
    sentence,
    said.kinds,
    said.outlet,
    said.language,
    said.published_at,
    said.title,
    said.url,
    article_id,
    said.claim_ids
FROM said
JOIN matched USING (article_id, sentence)
ORDER BY score DESC, said.published_at DESC, article_id, sentence;
COMMENT ON MACRO TABLE search_sentences IS
    'One row per sentence that holds claims and has one of the words, the best first, out of the thousand best articles. Not on a lake. Grain: article and sentence.';
