-- Facts of the streams touched whose reports may lie outside of the zones: they stand in for those reports.
SELECT
    fact.fact_id,
    fact.rule,
    fact.mission,
    fact.kind,
    fact.subkind,
    fact.measure,
    fact.value_low,
    fact.value_best,
    fact.value_high,
    fact.qualifier,
    fact.unit,
    fact.unit_class,
    fact.currency,
    fact.actor,
    fact.subject,
    fact.person,
    fact.role,
    fact.status,
    fact.polarity,
    fact.event_start,
    fact.event_end,
    fact.as_of,
    fact.place_path,
    fact.sentence,
    fact.n_claims,
    fact.is_superseded,
    fact.agreement,
    fact.told_from,
    coalesce(fact.told_from, fact.first_published_at::DATE) AS published_on,
    coalesce(fact.told_to, fact.last_published_at::DATE) AS last_published_on,
    fact.first_recorded_at AS recorded_at
FROM core.fact AS fact
WHERE fact.known_to IS NULL
    AND fact.rule <> 'event'
    AND fact.stream IN (SELECT stream FROM touched_zone)
    -- Of a series of levels those around the zones are enough, and the newest one: it has taken the place of all others.
    -- What is counted so far only grows, so that an old count may be told again at any time.
    AND (
        fact.rule <> 'level'
        OR fact.measure = 'cumulative'
        OR (fact.last_on >= $first_on::DATE - 400 AND fact.first_on <= $last_on::DATE + 400)
        OR fact.fact_id IN (
            SELECT arg_max(newest.fact_id, (newest.first_on, newest.fact_id))
            FROM core.fact AS newest
            WHERE newest.known_to IS NULL AND newest.rule = 'level'
            GROUP BY newest.stream
        )
    )
