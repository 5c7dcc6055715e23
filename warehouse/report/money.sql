-- Money pledged and paid, each currency by itself; who paid without a promise that was told stands here, too, and so does
-- what a contributor paid before the day of its promise, which keeps none.
WITH promised AS (
    SELECT
        contributor,
        contributor_name,
        currency,
        pledged,
        delivered AS paid,
        status,
        n_independent AS voices,
        fact_ids[1] AS fact_id,
        pledged_on,
        fact_ids
    FROM promises
    WHERE mission = $mission AND kind = 'money'
),
payment AS (
    SELECT fact_id, actor, actor_name, currency, event_start, value_best, n_independent
    FROM funding
    WHERE mission = $mission
        AND measure = 'flow'
        AND status = 'done'
        AND agreement <> 'denied'
        AND target IN (SELECT actor FROM ref.force WHERE mission = $mission)
        AND currency IS NOT NULL
),
paid AS (
    SELECT
        payment.actor AS contributor,
        payment.actor_name || if(promised.contributor IS NULL, '', ', earlier') AS contributor_name,
        payment.currency,
        NULL AS pledged,
        sum(payment.value_best) AS paid,
        if(promised.contributor IS NULL, 'paid', 'paid earlier') AS status,
        max(payment.n_independent) AS voices,
        min(payment.fact_id) AS fact_id
    FROM payment
    LEFT JOIN promised ON promised.contributor = payment.actor AND promised.currency = payment.currency
    WHERE promised.contributor IS NULL
        OR payment.event_start < promised.pledged_on AND NOT list_contains(promised.fact_ids, payment.fact_id)
    GROUP BY ALL
),
both_of_them AS (
    SELECT * EXCLUDE (pledged_on, fact_ids) FROM promised
    UNION ALL
    FROM paid
)
SELECT
    coalesce(contributor_name, money.contributor, 'not said') AS contributor,
    money.* EXCLUDE (contributor, contributor_name)
FROM both_of_them AS money
ORDER BY count(*) OVER (PARTITION BY money.currency) DESC, money.currency, greatest(pledged, paid) DESC, contributor
