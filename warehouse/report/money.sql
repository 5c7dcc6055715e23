-- Money pledged and paid, each currency by itself; who paid without a promise that was told stands here, too.
WITH promised AS (
    SELECT
        contributor,
        contributor_name,
        currency,
        pledged,
        delivered AS paid,
        status,
        n_independent AS voices,
        fact_ids[1] AS fact_id
    FROM promises
    WHERE mission = $mission AND kind = 'money'
),
paid AS (
    SELECT
        actor AS contributor,
        actor_name AS contributor_name,
        currency,
        NULL AS pledged,
        sum(value_best) AS paid,
        'paid' AS status,
        max(n_independent) AS voices,
        min(fact_id) AS fact_id
    FROM funding
    WHERE mission = $mission
        AND measure = 'flow'
        AND status = 'done'
        AND agreement <> 'denied'
        AND target IN (SELECT actor FROM ref.force WHERE mission = $mission)
        AND currency IS NOT NULL
    GROUP BY ALL
),
both_of_them AS (
    FROM promised
    UNION ALL
    SELECT *
    FROM paid
    WHERE NOT EXISTS (FROM promised WHERE promised.contributor = paid.contributor AND promised.currency = paid.currency)
)
SELECT
    coalesce(contributor_name, money.contributor, 'not said') AS contributor,
    money.* EXCLUDE (contributor, contributor_name)
FROM both_of_them AS money
ORDER BY count(*) OVER (PARTITION BY money.currency) DESC, money.currency, greatest(pledged, paid) DESC, contributor
