-- An observation becomes a version when its wording differs from the one seen just before it, in the order of fetching:
-- A, A, B is two versions, and A, B, A is three. An observation that is in raw.page already was loaded before.
-- One that arrives late and only repeats the wording seen next adds nothing either.
CREATE OR REPLACE TEMP TABLE new_version AS
-- What is known is looked up by semi joins: they read only the parts of a table that hold these times of fetching.
WITH known_page AS (
    SELECT asked_url, fetched_at, version_id
    FROM raw.page SEMI JOIN incoming_reading USING (asked_url, fetched_at, version_id)
),
known_version AS (
    SELECT article_id, version_id, fetched_at
    FROM core.article_version SEMI JOIN incoming_reading USING (article_id, version_id, fetched_at)
),
incoming AS (
    SELECT DISTINCT ON (article_id, version_id, fetched_at) *
    FROM incoming_reading
    ANTI JOIN known_page USING (asked_url, fetched_at, version_id)
    ANTI JOIN known_version USING (article_id, version_id, fetched_at)
    ORDER BY archive_file, archive_offset, url, asked_url
),
observed AS (
    SELECT article_id, version_id, fetched_at, true AS is_new FROM incoming
    UNION ALL
    SELECT article_id, version_id, fetched_at, false AS is_new
    FROM core.article_version
    WHERE article_id IN (SELECT article_id FROM incoming) AND recorded_at >= getvariable('known_since')
),
in_order AS (
    SELECT
        *,
        lag(version_id) OVER one_article AS version_before,
        lead(version_id) OVER one_article AS version_after,
        lead(is_new) OVER one_article AS is_new_after
    FROM observed
    WINDOW one_article AS (PARTITION BY article_id ORDER BY fetched_at, is_new, version_id)
)
SELECT
    incoming.* EXCLUDE (
        url, asked_url, final_url, outlet, outlet_country, feed, guid, entry_hash, shingle_count, reach, shingles,
        agency
    ),
    coalesce(incoming.agency, if(agency.outlet IS NULL, NULL, incoming.outlet)) AS agency,
    if(incoming.text = '', NULL, ('0x' || left(incoming.text_hash, 16))::UBIGINT) AS text_id,
    least(incoming.published_at, incoming.fetched_at)::DATE AS out_on,
    agency.outlet IS NOT NULL OR coalesce(incoming.outlet = incoming.agency, false) AS is_agency,
    0 AS revision,
    false AS is_newest,
    'none' AS copy_role,
    $recorded_at::TIMESTAMPTZ AS recorded_at
FROM incoming
JOIN in_order USING (article_id, version_id, fetched_at)
LEFT JOIN (SELECT DISTINCT outlet FROM ref.publisher WHERE kind = 'agency') AS agency
    ON agency.outlet = incoming.outlet
WHERE in_order.is_new
    AND in_order.version_before IS DISTINCT FROM incoming.version_id
    AND NOT coalesce(in_order.version_after = incoming.version_id AND NOT in_order.is_new_after, false)
