-- The index of words for search_articles and search_sentences. In the ledger these tables stay empty: they are filled in
-- the copy that is published (warehouse/searching.py).
CREATE SCHEMA IF NOT EXISTS search;

CREATE TABLE search.build (rules VARCHAR, document_count BIGINT, mean_word_count DOUBLE);
COMMENT ON TABLE search.build IS
    'One row where the index is filled, that is in the published file; none in the ledger itself. Grain: file.';

CREATE TABLE search.document (
    document_number INTEGER,
    article_id VARCHAR,
    version_id VARCHAR,
    word_count BIGINT,
    is_appended BOOLEAN
);
COMMENT ON TABLE search.document IS 'One row per article whose words are in the index, in its newest wording. Grain: article.';

CREATE TABLE search.word (word VARCHAR, language VARCHAR, stem VARCHAR);
COMMENT ON TABLE search.word IS
    'Every word that is in the index, with its stem in each language that it was met in. Grain: word, language and stem.';

CREATE TABLE search.posting (word VARCHAR, document_number INTEGER, occurrences BIGINT);
COMMENT ON TABLE search.posting IS 'Which article has which word, and how often. Grain: word and document_number.';
