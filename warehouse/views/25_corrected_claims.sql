-- Of several lines about one thing the last one holds.
CREATE OR REPLACE VIEW corrected_claims AS
WITH applied AS (
    SELECT
        link.claim_id,
        link.side = 'claim' AS is_first_named,
        correction.* EXCLUDE (claim_id),
        correction.claim_id AS named_id
    FROM core.correction_link AS link
    JOIN ref.correction AS correction USING (line)
    WHERE correction.problem IS NULL
),
slot AS (
    SELECT claim_id, slot.key AS name, arg_max({'value': slot.value}, line).value AS value
    FROM (SELECT claim_id, line, unnest(map_entries(slots)) AS slot FROM applied WHERE action = 'correct')
    GROUP BY ALL
),
slots AS (
    SELECT claim_id, map_from_entries(list({'key': name, 'value': value} ORDER BY name)) AS corrected_slots
    FROM slot
    GROUP BY claim_id
),
ruling AS (
    SELECT
        *,
        concat_ws(
            ' ',
            action,
            left(least(named_id, other_id), 16),
            left(greatest(named_id, other_id), 16),
            if(action = 'apart', if(is_first_named = (named_id < other_id), '1', '2'), NULL)
        ) AS ruling
    FROM applied
    WHERE action IN ('merge', 'apart')
),
rulings AS (
    SELECT claim_id, list(DISTINCT ruling ORDER BY ruling) AS rulings FROM ruling GROUP BY claim_id
),
verdict AS (
    SELECT
        claim_id,
        arg_max(action, line) FILTER (action IN ('reject', 'confirm')) AS verdict,
        list(DISTINCT line ORDER BY line) AS lines
    FROM applied
    GROUP BY claim_id
)
SELECT
    verdict.claim_id,
    CASE
        WHEN verdict.verdict = 'reject' THEN 'rejected'
        WHEN slots.claim_id IS NOT NULL THEN 'corrected'
        WHEN verdict.verdict = 'confirm' THEN 'confirmed'
        WHEN rulings.claim_id IS NOT NULL THEN 'ruled'
    END AS correction,
    slots.corrected_slots,
    list_concat(
        if(verdict.verdict = 'confirm', ['confirm'], []),
        if(slots.claim_id IS NULL, [], ['correct']),
        coalesce(rulings.rulings, [])
    ) AS corrections,
    verdict.lines
FROM verdict
LEFT JOIN slots USING (claim_id)
LEFT JOIN rulings USING (claim_id);
COMMENT ON VIEW corrected_claims IS
    'One row per claim that people have said something of, by the lines of corrections.tsv that hold for it. Grain: claim.';
