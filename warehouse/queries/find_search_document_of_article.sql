CREATE OR REPLACE TEMP TABLE gone_document AS
SELECT document_number FROM search.document WHERE article_id = $article_id
