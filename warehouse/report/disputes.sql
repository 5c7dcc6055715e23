-- Who says what where voices differ: the fifty newest contested facts, the newest word of each voice.
SELECT
    dispute.fact_id,
    dispute.kind,
    dispute.subkind,
    coalesce(dispute.actor_name, dispute.actor) AS actor,
    dispute.place,
    dispute.event_start,
    dispute.event_end,
    dispute.settled_value,
    dispute.voice_name AS voice,
    dispute.is_denial,
    dispute.value_low,
    dispute.value_best,
    dispute.value_high,
    dispute.qualifier,
    dispute.unit,
    dispute.currency,
    dispute.outlet,
    dispute.published_at,
    dispute.sentence,
    dispute.url
FROM disputes AS dispute
WHERE dispute.fact_id IN (
    SELECT fact_id
    FROM facts
    WHERE mission = $mission AND agreement = 'contested'
    ORDER BY last_published_at DESC NULLS LAST, fact_id
    LIMIT 50
)
ORDER BY max(dispute.published_at) OVER (PARTITION BY dispute.fact_id) DESC, dispute.fact_id, dispute.published_at, dispute.voice
