CREATE OR REPLACE TEMP TABLE new_article AS
SELECT DISTINCT ON (article_id)
    article_id, url, outlet, outlet_country, run_id, $recorded_at::TIMESTAMPTZ AS recorded_at
FROM incoming_reading AS new
WHERE NOT EXISTS (FROM core.article AS old WHERE old.article_id = new.article_id AND old.recorded_at >= getvariable('known_since'))
ORDER BY fetched_at, archive_file, archive_offset, asked_url
