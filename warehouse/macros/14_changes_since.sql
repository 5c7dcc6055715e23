CREATE OR REPLACE MACRO changes_since(t) AS TABLE
WITH older AS (
    SELECT *, row(*COLUMNS(* EXCLUDE (known_from, known_to))) AS said
    FROM fact_versions
    WHERE known_from <= t::TIMESTAMPTZ AND known_to > t::TIMESTAMPTZ
),
newer AS (
    SELECT *, row(*COLUMNS(* EXCLUDE (known_from, known_to))) AS said
    FROM fact_versions
    WHERE known_to IS NULL AND known_from > t::TIMESTAMPTZ
),
became AS (
    SELECT retired_id, arg_max(fact_id, (known_from, fact_id)) AS fact_id
    FROM core.fact_alias
    WHERE known_from > t::TIMESTAMPTZ
    GROUP BY retired_id
)
SELECT
    coalesce(newer.fact_id, older.fact_id) AS fact_id,
    CASE
        WHEN older.fact_id IS NULL THEN 'new'
        WHEN newer.fact_id IS NULL THEN if(became.fact_id IS NULL, 'withdrawn', 'merged')
        WHEN newer.is_superseded AND NOT older.is_superseded THEN 'superseded'
        ELSE 'changed'
    END AS change,
    coalesce(newer.known_from, older.known_to) AS changed_at,
    if(newer.fact_id IS NULL, became.fact_id, NULL) AS merged_into,
    coalesce(newer.mission, older.mission) AS mission,
    coalesce(newer.kind, older.kind) AS kind,
    coalesce(newer.subkind, older.subkind) AS subkind,
    coalesce(newer.measure, older.measure) AS measure,
    coalesce(newer.actor, older.actor) AS actor,
    coalesce(newer.actor_name, older.actor_name) AS actor_name,
    coalesce(newer.place, older.place) AS place,
    older.event_start AS old_event_start,
    newer.event_start AS new_event_start,
    older.value_low AS old_value_low,
    newer.value_low AS new_value_low,
    older.value_best AS old_value_best,
    newer.value_best AS new_value_best,
    older.value_high AS old_value_high,
    newer.value_high AS new_value_high,
    older.status AS old_status,
    newer.status AS new_status,
    older.agreement AS old_agreement,
    newer.agreement AS new_agreement,
    older.n_independent AS old_n_independent,
    newer.n_independent AS new_n_independent,
    older.n_claims AS old_n_claims,
    newer.n_claims AS new_n_claims,
    coalesce(newer.sentence, older.sentence) AS sentence,
    coalesce(newer.url, older.url) AS url
FROM older
FULL JOIN newer ON newer.fact_id = older.fact_id
LEFT JOIN became ON became.retired_id = older.fact_id
-- What was changed and changed back is no change.
WHERE older.fact_id IS NULL
    OR newer.fact_id IS NULL
    OR older.said IS DISTINCT FROM newer.said;
COMMENT ON MACRO TABLE changes_since IS
    'One row per fact that the ledger tells otherwise now than at a moment: new, changed, superseded by a later figure, withdrawn, or merged into another, old and new values side by side. Grain: fact.';
