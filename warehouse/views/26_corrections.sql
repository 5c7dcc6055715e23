CREATE OR REPLACE VIEW corrections AS
WITH linked AS (
    SELECT
        link.line,
        link.side,
        -- A claim that is rejected stands, too.
        count(*) FILTER (version.is_newest AND NOT claim.is_superseded) AS claim_count
    FROM core.correction_link AS link
    JOIN core.claim AS claim USING (claim_id)
    JOIN core.article_version AS version
        ON version.article_id = claim.article_id AND version.version_id = claim.version_id
    GROUP BY link.line, link.side
),
-- The fact that the claim tells of, or told of before it was rejected.
told AS (
    SELECT
        link.line,
        link.side,
        arg_max(report.fact_id, (report.known_to IS NULL, report.known_from, report.claim_id)) AS fact_id,
        arg_max(report, report.claim_id) FILTER (report.known_to IS NULL) AS report,
        list(DISTINCT report.stream) FILTER (report.known_to IS NULL) AS streams
    FROM core.correction_link AS link
    JOIN core.report AS report USING (claim_id)
    GROUP BY link.line, link.side
)
SELECT * REPLACE (problem IS NULL AS is_applied)
FROM (
    SELECT
        correction.line,
        correction.action,
        coalesce(correction.claim_id, correction.claim) AS claim_id,
        said.kind,
        said.sentence,
        coalesce(correction.other_id, correction.other) AS other_id,
        other_claim.sentence AS other_sentence,
        list_transform(
            map_entries(correction.slots),
            lambda slot: concat(
                slot.key, ': ',
                -- Numbers as people write them.
                coalesce(regexp_replace(json_extract_string(to_json(said), '$.' || slot.key), '\.0+$', ''), '-'),
                ' -> ', coalesce(slot.value, '-')
            )
        ) AS changes,
        correction.note,
        correction."by",
        correction."on",
        true AS is_applied,
        CASE
            WHEN correction.problem IS NOT NULL THEN correction.problem
            WHEN said.claim_id IS NULL OR (correction.other IS NOT NULL AND other_claim.claim_id IS NULL)
                THEN 'the article with the claim was taken down'
            WHEN correction.action = 'merge' AND NOT list_has_any(told.streams, other_told.streams)
                THEN 'two things that cannot be one fact, for they differ in ' || concat_ws(
                    ', ',
                    if(told.report.mission IS DISTINCT FROM other_told.report.mission, 'mission', NULL),
                    if(told.report.kind IS DISTINCT FROM other_told.report.kind, 'kind', NULL),
                    if(told.report.subkind IS DISTINCT FROM other_told.report.subkind, 'subkind', NULL),
                    if(told.report.measure IS DISTINCT FROM other_told.report.measure, 'measure', NULL),
                    if(told.report.status IS DISTINCT FROM other_told.report.status, 'status', NULL),
                    if(told.report.unit IS DISTINCT FROM other_told.report.unit, 'unit', NULL),
                    if(told.report.unit_class IS DISTINCT FROM other_told.report.unit_class, 'unit_class', NULL),
                    if(told.report.actor IS DISTINCT FROM other_told.report.actor, 'actor', NULL),
                    if(told.report.person IS DISTINCT FROM other_told.report.person, 'person', NULL),
                    if(told.report.place_path IS DISTINCT FROM other_told.report.place_path, 'place', NULL),
                    if(told.report.rule IS DISTINCT FROM other_told.report.rule, 'rule', NULL)
                )
            WHEN coalesce(linked.claim_count, 0) = 0
                OR (correction.other IS NOT NULL AND coalesce(other_linked.claim_count, 0) = 0)
                THEN 'the claim stands in no newest wording by the current extractor any more, and none took its place'
        END AS problem,
        coalesce(linked.claim_count, 0) + coalesce(other_linked.claim_count, 0) AS claim_count,
        told.fact_id,
        other_told.fact_id AS other_fact_id
    FROM ref.correction AS correction
    LEFT JOIN core.claim AS said ON said.claim_id = correction.claim_id
    LEFT JOIN core.claim AS other_claim ON other_claim.claim_id = correction.other_id
    LEFT JOIN linked ON linked.line = correction.line AND linked.side = 'claim'
    LEFT JOIN linked AS other_linked ON other_linked.line = correction.line AND other_linked.side = 'other'
    LEFT JOIN told ON told.line = correction.line AND told.side = 'claim'
    LEFT JOIN told AS other_told ON other_told.line = correction.line AND other_told.side = 'other'
)
ORDER BY line;
COMMENT ON VIEW corrections IS
    'One row per line of corrections.tsv as it stands: what it says of which claim, how many claims it holds for now, and why it has no effect, if it has none. Grain: line.';
