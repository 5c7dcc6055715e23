-- Since when the ledger knows any of the articles of this load: what it has of them was recorded since. A constant by
-- which DuckDB skips what is older, and that is all of it where none of them is known.
SET VARIABLE known_since = (
    SELECT least(min(recorded_at), $recorded_at::TIMESTAMPTZ)
    FROM core.article
    WHERE article_id IN (SELECT article_id FROM incoming_article)
)
