-- Until facts are resolved properly, a fact is the group of claims equal in mission, kind, subkind, measure, actor,
-- value, currency, status and dates; control adds the place, role and statement the person, statement its sentence.
-- A post that is merely held has no date of its own: every report of it is the same fact.
-- Claims of earlier wordings and earlier extractors keep their place in the group, so that a fact keeps its id, but do not count.
CREATE OR REPLACE VIEW core.claim_in_fact AS
WITH ranked AS (
    SELECT
        claim.*,
        version.is_newest AND NOT claim.is_superseded AS is_counted,
        version.copy_role,
        article.outlet,
        article.url,
        version.title,
        version.published_at,
        -- Whose word it is: the claimant named, else the wire service, else the outlet (of a copy: the original's).
        CASE
            WHEN coalesce(claim.source, claim.source_text) IS NOT NULL
                THEN 'claimant ' || lower(coalesce(claim.source, claim.source_text))
            WHEN coalesce(claim.via, version.agency) IS NOT NULL
                THEN 'agency ' || lower(coalesce(claim.via, version.agency))
            ELSE 'outlet ' || lower(coalesce(original.outlet, article.outlet, original.article_id, article.article_id))
        END AS independence_key,
        if(claim.kind = 'role' AND coalesce(claim.subkind, 'holds') IN ('holds', 'former'), NULL, claim.event_start)
            AS key_start,
        if(claim.kind = 'role' AND coalesce(claim.subkind, 'holds') IN ('holds', 'former'), NULL, claim.event_end)
            AS key_end,
        if(claim.kind = 'role' AND coalesce(claim.subkind, 'holds') IN ('holds', 'former'), NULL, claim.as_of)
            AS key_as_of,
        -- "217 police officers" and "217 personnel" are one contingent; four policemen killed are not four children killed.
        if(
            claim.kind IN ('deployment', 'withdrawal', 'pledge', 'strength', 'mandate')
            AND (claim.unit_class IS NOT NULL OR claim.unit = 'person'),
            'person',
            claim.unit
        ) AS key_unit,
        if(claim.kind = 'control', coalesce(claim.place_id, claim.place), NULL) AS key_place,
        if(claim.kind = 'statement', claim.sentence, NULL) AS key_sentence
    FROM core.claim AS claim
    JOIN (
        SELECT DISTINCT ON (article_id, version_id) *
        FROM core.article_version
        ORDER BY article_id, version_id, revision DESC
    ) AS version USING (article_id, version_id)
    JOIN core.article AS article USING (article_id)
    LEFT JOIN core.article AS original ON original.article_id = version.copy_group_id
)
SELECT
    first_value(claim_id) OVER one_fact AS fact_id,
    claim_id,
    row_number() OVER one_fact AS claim_number,
    is_counted,
    copy_role,
    independence_key,
    outlet,
    url,
    title,
    published_at,
    * EXCLUDE (
        claim_id, is_counted, copy_role, independence_key, outlet, url, title, published_at,
        key_unit, key_start, key_end, key_as_of, key_place, key_sentence
    )
FROM ranked
WINDOW one_fact AS (
    PARTITION BY
        mission, kind, subkind, measure, actor, value_low, value_best, value_high, key_unit, currency, person, role,
        status, polarity, key_start, key_end, key_as_of, key_place, key_sentence
    ORDER BY recorded_at, claim_id
);
COMMENT ON VIEW core.claim_in_fact IS
    'Every claim with the fact it belongs to, its place in that fact, and whose word it is. Grain: claim.';
