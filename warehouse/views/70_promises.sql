-- pledged: of the promises that no later one has raised, the figure that most independent sources name, the highest among
-- equals. A part ("170 soldiers and 30 policemen") is no promise beside its whole.
-- delivered: the latest figure of what has come (a stock or running total); where none is reported, the sum of what came,
-- each event once. What is told of several days together contains what came on each of them, and a movement without a day
-- of its own may be one of the others: it counts only where it is more than all of them.
-- Only what was done counts as delivered, nothing that went to somebody else than was promised, neither money nor equipment
-- that came before the day of the promise, nor money from before the day on which other money was told to be withheld.
-- (People who were there before do: a pledge is of how many shall be there.) Who went home is known by the next stock.
CREATE OR REPLACE VIEW promises AS
WITH sorted AS (
    SELECT
        fact.fact_id,
        fact.mission,
        fact.actor,
        CASE
            WHEN fact.kind = 'funding' OR fact.currency IS NOT NULL THEN 'money'
            WHEN fact.kind = 'equipment' THEN 'equipment'
            ELSE 'personnel'
        END AS promise_kind,
        -- '' where there is none, so that the joins below are plain.
        CASE promise_kind WHEN 'personnel' THEN 'person' WHEN 'equipment' THEN coalesce(fact.unit, '') ELSE '' END
            AS promise_unit,
        if(promise_kind = 'money', coalesce(fact.currency, ''), '') AS promise_currency,
        if(recipient.actor IS NULL, fact.target, 'the force') AS recipient,
        coalesce(fact.value_best, fact.value_low, fact.value_high) AS amount,
        coalesce(fact.as_of, fact.event_end, fact.event_start, fact.last_published_at::DATE) AS known_on,
        fact.event_start,
        fact.event_end,
        fact.status,
        fact.polarity,
        fact.is_superseded,
        fact.n_independent,
        fact.first_published_at,
        {'fact_id': fact.fact_id, 'url': fact.url, 'outlets': fact.outlets} AS source,
        -- An appeal or a cost is nobody's promise.
        fact.kind = 'pledge' OR fact.status IN ('pledged', 'unfulfilled') AS is_pledge,
        coalesce(fact.measure, 'flow') IN ('stock', 'cumulative') AS is_running_figure
    FROM facts AS fact
    -- The force that is promised to promises nothing itself.
    ANTI JOIN ref.force AS force ON force.mission = fact.mission AND force.actor = fact.actor
    LEFT JOIN ref.force AS recipient ON recipient.mission = fact.mission AND recipient.actor = fact.target
    WHERE fact.kind IN ('pledge', 'deployment', 'strength', 'funding', 'equipment')
        AND fact.actor IS NOT NULL
        AND fact.unit IS DISTINCT FROM 'percent'
        AND fact.measure IS DISTINCT FROM 'share'
        AND (
            is_pledge
            OR fact.status = 'done' AND fact.polarity = '+' AND amount IS NOT NULL
                AND coalesce(fact.measure, 'flow') IN ('flow', 'stock', 'cumulative')
        )
),
part AS (
    SELECT DISTINCT part.fact_id
    FROM core.report AS part
    JOIN core.report AS whole
        ON whole.claim_id = part.part_of
        AND whole.fact_id <> part.fact_id
        AND whole.kind = part.kind
        AND whole.actor = part.actor
    WHERE part.part_of IS NOT NULL AND part.known_to IS NULL AND whole.known_to IS NULL
        AND part.kind IN ('pledge', 'deployment', 'strength', 'funding', 'equipment')
),
opened AS (
    SELECT
        mission,
        actor,
        promise_kind,
        promise_unit,
        promise_currency,
        arg_max(amount, (status <> 'unfulfilled', n_independent, amount)) FILTER (
            status NOT IN ('denied', 'conditional') AND NOT is_superseded AND fact_id NOT IN (FROM part)
        ) AS pledged,
        bool_or(status = 'unfulfilled') AS is_unfulfilled,
        bool_and(status = 'denied' OR polarity = '-') AS is_withdrawn,
        bool_and(status = 'unfulfilled') AS is_only_withheld,
        max(first_published_at)::DATE AS withheld_on,
        min(event_start) AS promised_on,
        min(coalesce(event_start, first_published_at::DATE)) AS pledged_on,
        list(DISTINCT recipient ORDER BY recipient) FILTER (promise_kind <> 'personnel' AND recipient IS NOT NULL) AS recipients,
        list(source ORDER BY first_published_at, fact_id) AS sources
    FROM sorted
    WHERE is_pledge
    GROUP BY ALL
),
spoken AS (
    SELECT mission, actor, promise_kind, promise_unit, promise_currency, count(DISTINCT report.voice) AS n_independent
    FROM (SELECT fact_id, voice FROM core.report WHERE known_to IS NULL) AS report
    JOIN (FROM sorted WHERE is_pledge) AS pledge USING (fact_id)
    GROUP BY ALL
),
arrival AS (
    SELECT sorted.*
    FROM sorted
    JOIN opened USING (mission, actor, promise_kind, promise_unit, promise_currency)
    WHERE NOT sorted.is_pledge
        AND (sorted.promise_kind = 'personnel' OR coalesce(sorted.known_on >= opened.promised_on, true))
        AND coalesce(list_contains(opened.recipients, sorted.recipient), true)
        AND sorted.fact_id NOT IN (FROM part)
        -- What was only ever told as withheld is not made good by what had been paid before.
        AND (
            NOT (sorted.promise_kind = 'money' AND opened.is_only_withheld)
            OR coalesce(sorted.event_start, sorted.first_published_at::DATE) > opened.withheld_on
        )
),
with_day AS (
    SELECT DISTINCT fact_id
    FROM core.report
    WHERE known_to IS NULL
        AND event_start IS NOT NULL
        AND kind IN ('deployment', 'funding', 'equipment')
        AND coalesce(date_basis, '') NOT IN ('inherited', 'published')
),
level AS (
    SELECT mission, actor, promise_kind, promise_unit, promise_currency, amount, known_on, [source] AS sources
    FROM arrival
    WHERE is_running_figure
    QUALIFY row_number() OVER (
        PARTITION BY mission, actor, promise_kind, promise_unit, promise_currency
        ORDER BY is_superseded, known_on DESC, amount DESC, fact_id
    ) = 1
),
movement AS (
    FROM arrival WHERE NOT is_running_figure
),
dated AS (
    FROM movement SEMI JOIN with_day USING (fact_id)
),
longer AS (
    -- One row a day, so that what it contains is found by the day.
    SELECT *, unnest(generate_series(event_start, event_end, INTERVAL 1 DAY))::DATE AS day
    FROM dated
    WHERE event_end > event_start
),
summed AS (
    SELECT
        mission,
        actor,
        promise_kind,
        promise_unit,
        promise_currency,
        sum(amount) AS amount,
        max(known_on) AS known_on,
        list(source ORDER BY known_on, fact_id) AS sources
    FROM dated
    ANTI JOIN longer
        ON longer.day = dated.event_start
        AND longer.mission = dated.mission
        AND longer.actor = dated.actor
        AND longer.promise_kind = dated.promise_kind
        AND longer.promise_unit = dated.promise_unit
        AND longer.promise_currency = dated.promise_currency
        AND longer.event_end - longer.event_start > dated.event_end - dated.event_start
        AND longer.event_end >= dated.event_end
        AND longer.amount >= dated.amount
    GROUP BY ALL
),
told AS (
    SELECT mission, actor, promise_kind, promise_unit, promise_currency, amount, known_on, [source] AS sources
    FROM movement
    ANTI JOIN with_day USING (fact_id)
    QUALIFY row_number() OVER (
        PARTITION BY mission, actor, promise_kind, promise_unit, promise_currency
        ORDER BY amount DESC, known_on DESC, fact_id
    ) = 1
),
came AS (
    SELECT mission, actor, promise_kind, promise_unit, promise_currency, amount, known_on, sources
    FROM (
        SELECT *, true AS is_level FROM level
        UNION ALL BY NAME
        SELECT *, false AS is_level FROM summed
        UNION ALL BY NAME
        SELECT *, false AS is_level FROM told
    )
    QUALIFY row_number() OVER (
        PARTITION BY mission, actor, promise_kind, promise_unit, promise_currency
        -- Among equals the sum, which names all its events.
        ORDER BY is_level DESC, amount DESC, len(sources) DESC, known_on DESC, sources[1].fact_id
    ) = 1
),
joined AS (
    SELECT
        opened.* EXCLUDE (sources),
        spoken.n_independent,
        coalesce(came.amount, 0) AS delivered,
        came.known_on AS as_of,
        list_concat(opened.sources, coalesce(came.sources, [])) AS sources
    FROM opened
    JOIN spoken USING (mission, actor, promise_kind, promise_unit, promise_currency)
    LEFT JOIN came USING (mission, actor, promise_kind, promise_unit, promise_currency)
)
SELECT
    sha256(concat_ws('|', mission, actor, promise_kind, promise_unit, promise_currency)) AS promise_id,
    mission,
    actor AS contributor,
    who.name AS contributor_name,
    promise_kind AS kind,
    nullif(promise_unit, '') AS unit,
    nullif(promise_currency, '') AS currency,
    pledged::BIGINT AS pledged,
    delivered::BIGINT AS delivered,
    -- greatest() alone would turn a pledge without a number into nothing outstanding.
    if(pledged IS NULL, NULL, greatest(pledged - delivered, 0))::BIGINT AS outstanding,
    CASE
        WHEN is_withdrawn THEN 'withdrawn'
        WHEN delivered >= pledged THEN 'kept'
        WHEN delivered > 0 THEN 'partly'
        WHEN is_unfulfilled THEN 'unfulfilled'
        ELSE 'open'
    END AS status,
    pledged_on,
    as_of,
    n_independent,
    [source.fact_id FOR source IN sources] AS fact_ids,
    [source.url FOR source IN sources] AS urls,
    list_sort(list_distinct(flatten([source.outlets FOR source IN sources]))) AS outlets
FROM joined
LEFT JOIN ref.actor AS who USING (mission, actor)
-- People first, the greatest promise first: what is asked most.
ORDER BY promise_kind DESC, pledged DESC NULLS LAST, actor, promise_currency;
COMMENT ON VIEW promises IS
    'One row per contributor and what it promised (people, money or equipment): what was promised, what has come and what is outstanding, in whole units, with the facts and reports that say so. Grain: mission, contributor, kind, unit and currency.';
