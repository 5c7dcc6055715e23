-- Near copies: the sample of every text's shingles, and which text stands in which other one.
-- Texts are known by the first 64 bits of their hash: narrow keys, because they are looked up in every load.
ALTER TABLE core.article_version ADD COLUMN text_id UBIGINT;
ALTER TABLE core.article_version ADD COLUMN out_on DATE;
ALTER TABLE core.article_version ADD COLUMN is_agency BOOLEAN;
ALTER TABLE core.article_version ADD COLUMN copy_agency VARCHAR;
UPDATE core.article_version
SET text_id = if(text = '', NULL, ('0x' || left(text_hash, 16))::UBIGINT),
    out_on = least(published_at, fetched_at)::DATE,
    is_agency = coalesce(article.outlet = article_version.agency, false)
        OR coalesce(article.outlet IN (SELECT outlet FROM ref.publisher WHERE kind = 'agency'), false)
FROM core.article AS article
WHERE article.article_id = article_version.article_id;
CREATE TABLE core.text_sketch (
    text_id UBIGINT,
    out_on DATE,
    shingle_count INTEGER,
    reach UBIGINT,
    recorded_at TIMESTAMPTZ
);
COMMENT ON TABLE core.text_sketch IS
    'One row per text and day of publication: how many shingles it has, and how far its sample in core.shingle reaches. Grain: text_id and out_on.';
CREATE TABLE core.shingle (
    hash UBIGINT,
    text_id UBIGINT,
    out_on DATE
);
COMMENT ON TABLE core.shingle IS
    'The sampled shingles of every text: what near copies are found by. Rows lie in the order of loading, so that a load reads only the days around its own. Grain: hash, text_id and out_on.';
CREATE TABLE core.copy_link (
    text_id UBIGINT,
    other_text_id UBIGINT,
    shared_count INTEGER,
    ratio DOUBLE,
    recorded_at TIMESTAMPTZ
);
COMMENT ON TABLE core.copy_link IS
    'Which text stands in which other one, and how much of it; each pair in both directions. Grain: text_id and other_text_id.';
