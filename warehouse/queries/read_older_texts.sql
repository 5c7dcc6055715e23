-- The texts of a ledger that is older than near copies: none of them has a sketch yet.
INSERT INTO incoming_text BY NAME
SELECT DISTINCT text_id, out_on
FROM core.article_version AS version
WHERE text <> ''
    AND NOT EXISTS (FROM core.text_sketch)
    AND NOT EXISTS (FROM incoming_text AS new WHERE new.text_id = version.text_id AND new.out_on = version.out_on)
