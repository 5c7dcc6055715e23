-- pledged: the figure that most independent sources name, the highest among equals.
-- delivered: the latest figure of what has come (a stock or running total); where none is reported, the sum of what came.
-- Only facts with status done count as delivered: planned and pledged ones never do, nor does money or equipment that
-- came before the day of the promise. (People who were there before do: a pledge is of how many shall be there.)
CREATE OR REPLACE VIEW promises AS
WITH fact AS (
    SELECT
        *,
        CASE
            WHEN kind = 'funding' OR currency IS NOT NULL THEN 'money'
            WHEN kind = 'equipment' THEN 'equipment'
            ELSE 'personnel'
        END AS promise_kind,
        coalesce(value_best, value_low, value_high) AS amount,
        coalesce(as_of, event_end, event_start, last_published_at::DATE) AS known_on
    FROM facts
    WHERE kind IN ('pledge', 'deployment', 'strength', 'funding', 'equipment')
        AND actor IS NOT NULL
        AND unit IS DISTINCT FROM 'percent'
        AND measure IS DISTINCT FROM 'share'
),
sorted AS (
    SELECT
        *,
        -- '' where there is none, so that the joins below are plain.
        CASE promise_kind WHEN 'personnel' THEN 'person' WHEN 'equipment' THEN coalesce(unit, '') ELSE '' END
            AS promise_unit,
        if(promise_kind = 'money', coalesce(currency, ''), '') AS promise_currency,
        -- An appeal or a cost is nobody's promise.
        kind = 'pledge' OR status IN ('pledged', 'unfulfilled') AS is_pledge,
        kind <> 'pledge' AND status = 'done' AND polarity = '+' AND amount IS NOT NULL
            AND coalesce(measure, 'flow') IN ('flow', 'stock', 'cumulative') AS is_delivery,
        coalesce(measure, 'flow') IN ('stock', 'cumulative') AS is_running_figure
    FROM fact
),
opened AS (
    SELECT
        mission,
        actor,
        promise_kind,
        promise_unit,
        promise_currency,
        arg_max(amount, (n_independent, amount)) FILTER (status NOT IN ('denied', 'conditional')) AS pledged,
        bool_or(status = 'unfulfilled') AS is_unfulfilled,
        bool_and(status = 'denied' OR polarity = '-') AS is_withdrawn,
        min(event_start) AS promised_on,
        min(coalesce(event_start, first_published_at::DATE)) AS pledged_on,
        list(fact_id ORDER BY first_published_at, fact_id) AS fact_ids
    FROM sorted
    WHERE is_pledge
    GROUP BY ALL
),
spoken AS (
    SELECT
        sorted.mission,
        sorted.actor,
        sorted.promise_kind,
        sorted.promise_unit,
        sorted.promise_currency,
        count(DISTINCT report.voice) AS n_independent
    FROM sorted
    JOIN core.report AS report USING (fact_id)
    WHERE sorted.is_pledge AND report.known_to IS NULL
    GROUP BY ALL
),
came AS (
    SELECT
        mission,
        actor,
        promise_kind,
        promise_unit,
        promise_currency,
        coalesce(
            arg_max(amount, (known_on, amount)) FILTER (is_running_figure),
            -- The same number on two dates is one movement that outlets date differently, more often than two movements.
            sum(DISTINCT amount) FILTER (NOT is_running_figure)
        ) AS delivered,
        coalesce(max(known_on) FILTER (is_running_figure), max(known_on)) AS as_of,
        if(
            bool_or(is_running_figure),
            [arg_max(fact_id, (known_on, amount)) FILTER (is_running_figure)],
            list(fact_id ORDER BY known_on, fact_id) FILTER (NOT is_running_figure)
        ) AS fact_ids
    FROM sorted
    JOIN (SELECT * EXCLUDE (fact_ids) FROM opened) AS opened
        USING (mission, actor, promise_kind, promise_unit, promise_currency)
    WHERE is_delivery
        AND (promise_kind = 'personnel' OR coalesce(known_on >= promised_on, true))
    GROUP BY ALL
)
SELECT
    sha256(concat_ws('|', mission, actor, promise_kind, promise_unit, promise_currency)) AS promise_id,
    mission,
    actor AS contributor,
    promise_kind AS kind,
    nullif(promise_unit, '') AS unit,
    nullif(promise_currency, '') AS currency,
    opened.pledged::BIGINT AS pledged,
    coalesce(came.delivered, 0)::BIGINT AS delivered,
    -- greatest() alone would turn a pledge without a number into nothing outstanding.
    if(opened.pledged IS NULL, NULL, greatest(opened.pledged - coalesce(came.delivered, 0), 0))::BIGINT AS outstanding,
    CASE
        WHEN opened.is_withdrawn THEN 'withdrawn'
        WHEN came.delivered >= opened.pledged THEN 'kept'
        WHEN came.delivered > 0 THEN 'partly'
        WHEN opened.is_unfulfilled THEN 'unfulfilled'
        ELSE 'open'
    END AS status,
    opened.pledged_on,
    came.as_of,
    spoken.n_independent,
    list_concat(opened.fact_ids, coalesce(came.fact_ids, [])) AS fact_ids
FROM opened
JOIN spoken USING (mission, actor, promise_kind, promise_unit, promise_currency)
LEFT JOIN came USING (mission, actor, promise_kind, promise_unit, promise_currency);
COMMENT ON VIEW promises IS
    'What each contributor promised (people, money, equipment) against what has come, in whole units. Grain: mission, contributor, kind, unit and currency.';
