-- The claims of the articles touched that stand for one that a correction names: another reading of the same words, the
-- same sentence in another wording, or in a copy. Of each text at most one stands for it, the one that fits best.
INSERT INTO core.correction_link
WITH anchor AS (
    SELECT line, action, 'claim' AS side, claim_id FROM ref.correction WHERE claim_id IS NOT NULL
    UNION ALL
    SELECT line, action, 'other' AS side, other_id AS claim_id FROM ref.correction WHERE other_id IS NOT NULL
),
named AS (
    SELECT
        anchor.line,
        anchor.action,
        anchor.side,
        claim.*,
        version.copy_group_id,
        spans['value'][1] AS value_span,
        coalesce(spans['sentence'][1][1], 0) AS sentence_start
    FROM anchor
    JOIN core.claim AS claim USING (claim_id)
    JOIN core.article_version AS version ON version.article_id = claim.article_id AND version.is_newest
),
candidate AS MATERIALIZED (
    SELECT
        claim.*,
        version.copy_group_id,
        spans['value'][1] AS value_span,
        coalesce(spans['sentence'][1][1], 0) AS sentence_start
    FROM core.claim AS claim
    JOIN touched_article AS touched USING (article_id, version_id)
    JOIN core.article_version AS version
        ON version.article_id = touched.article_id AND version.version_id = touched.version_id AND version.is_newest
    WHERE NOT claim.is_superseded AND claim.recorded_at >= $since
),
pair AS (
    SELECT
        named.line,
        named.side,
        named.action,
        candidate.claim_id,
        candidate.article_id,
        candidate.version_id,
        candidate.extractor,
        CASE
            WHEN candidate.version_id = named.version_id THEN 'reading'
            WHEN candidate.article_id = named.article_id THEN 'wording'
            ELSE 'copy'
        END AS basis,
        -- Offsets count from the sentence where the text around it may be another.
        if(basis = 'reading', 0, candidate.sentence_start - named.sentence_start) AS moved_by,
        CASE
            WHEN candidate.value_span IS NOT NULL AND named.value_span IS NOT NULL
                THEN candidate.value_span[1] < named.value_span[2] + moved_by
                    AND named.value_span[1] + moved_by < candidate.value_span[2]
            ELSE candidate."start" < named."end" + moved_by
                AND named."start" + moved_by < candidate."end"
                AND candidate.person IS NOT DISTINCT FROM named.person
        END AS is_same_place,
        candidate.sentence = named.sentence AS is_same_sentence,
        candidate.subkind IS NOT DISTINCT FROM named.subkind AS is_same_subkind,
        row(candidate.value_low, candidate.value_best, candidate.value_high, candidate.currency)
            IS NOT DISTINCT FROM row(named.value_low, named.value_best, named.value_high, named.currency) AS is_same_value,
        candidate.measure IS NOT DISTINCT FROM named.measure AS is_same_measure,
        candidate.actor IS NOT DISTINCT FROM named.actor AS is_same_actor,
        candidate.person IS NOT DISTINCT FROM named.person AS is_same_person
    FROM named
    JOIN candidate
        ON candidate.mission = named.mission
        AND candidate.kind = named.kind
        AND candidate.in_title = named.in_title
        AND candidate.claim_id <> named.claim_id
        AND (
            candidate.version_id = named.version_id
            OR (
                candidate.sentence = named.sentence
                AND (candidate.article_id = named.article_id OR candidate.copy_group_id = named.copy_group_id)
            )
        )
        -- What the same reading told beside it is another claim.
        AND NOT (
            candidate.version_id = named.version_id
            AND candidate.extractor = named.extractor
            AND candidate.extractor_version = named.extractor_version
        )
)
SELECT line, side, claim_id, basis
FROM pair
WHERE (is_same_place OR (is_same_sentence AND is_same_value AND is_same_subkind AND is_same_person))
    -- What is read otherwise now was neither rejected nor confirmed.
    AND (action NOT IN ('reject', 'confirm') OR (is_same_value AND is_same_subkind AND is_same_person))
QUALIFY row_number() OVER (
    PARTITION BY line, side, article_id, version_id, extractor
    ORDER BY
        is_same_place DESC, is_same_subkind DESC, is_same_value DESC, is_same_measure DESC, is_same_actor DESC,
        claim_id
) = 1
