-- A person is known by the last word of the name, as facts are: "Fils-Aimé" and "Alix Didier FILS-AIME" are one.
CREATE OR REPLACE VIEW posts AS
WITH listed AS (
    SELECT *, lower(strip_accents(string_split(person, ' ')[-1])) AS surname FROM ref.post
),
told AS (
    SELECT *, lower(strip_accents(string_split(person, ' ')[-1])) AS surname
    FROM facts
    WHERE kind = 'role' AND person IS NOT NULL AND status = 'done'
),
placed AS (
    -- Of several posts that a person held with one actor, the one of that name, else the one held at the time.
    SELECT
        told.*,
        listed.role AS listed_role,
        listed.held_from
    FROM told
    LEFT JOIN listed
        ON listed.mission = told.mission
        AND listed.actor IS NOT DISTINCT FROM told.actor
        AND listed.surname = told.surname
    QUALIFY row_number() OVER (
        PARTITION BY told.fact_id
        ORDER BY
            lower(listed.role) = lower(told.role) DESC,
            coalesce(told.event_start, told.first_published_at::DATE)
                BETWEEN coalesce(listed.held_from, DATE '0001-01-01') AND coalesce(listed.held_to, DATE '9999-12-31') DESC,
            jaro_winkler_similarity(lower(listed.role), lower(told.role)) DESC,
            listed.held_from DESC NULLS LAST,
            listed.role
    ) = 1
),
reported AS (
    SELECT
        mission,
        actor,
        surname,
        listed_role,
        held_from,
        arg_max(person, (length(person), person)) AS person,
        arg_max(role, (n_claims, role)) AS role,
        min(event_start) FILTER (subkind = 'appointed') AS appointed_on,
        max(event_end) FILTER (subkind IN ('resigned', 'replaced')) AS left_on,
        list(fact_id ORDER BY first_published_at, fact_id) AS fact_ids
    FROM placed
    GROUP BY ALL
),
handover AS (
    -- One text tells who came and who went.
    SELECT came.fact_id AS came_id, gone.fact_id AS gone_id, came.person AS came, gone.person AS gone
    FROM core.report AS came
    JOIN core.report AS gone
        ON gone.article_id = came.article_id
        AND gone.actor IS NOT DISTINCT FROM came.actor
        AND gone.person <> came.person
        AND (gone.sentence = came.sentence OR lower(gone.role) = lower(came.role))
    WHERE came.kind = 'role' AND came.subkind = 'appointed' AND came.known_to IS NULL AND came.status = 'done'
        AND gone.kind = 'role' AND gone.subkind IN ('resigned', 'replaced') AND gone.known_to IS NULL
        AND gone.status = 'done'
),
before AS (
    SELECT reported.mission, reported.actor, reported.surname, min(handover.gone) AS predecessor
    FROM reported
    JOIN handover ON list_contains(reported.fact_ids, handover.came_id)
    GROUP BY ALL
),
after AS (
    SELECT reported.mission, reported.actor, reported.surname, min(handover.came) AS successor
    FROM reported
    JOIN handover ON list_contains(reported.fact_ids, handover.gone_id)
    GROUP BY ALL
),
held AS (
    SELECT
        coalesce(listed.mission, reported.mission) AS mission,
        coalesce(listed.actor, reported.actor) AS actor,
        coalesce(listed.surname, reported.surname) AS surname,
        coalesce(listed.person, reported.person) AS person,
        coalesce(listed.role, reported.role) AS role,
        coalesce(listed.held_from, reported.appointed_on) AS holds_from,
        coalesce(
            listed.held_to,
            if(reported.left_on >= coalesce(listed.held_from, reported.appointed_on, reported.left_on), reported.left_on, NULL)
        ) AS holds_to,
        CASE WHEN reported.fact_ids IS NULL THEN 'seeds' WHEN listed.person IS NULL THEN 'reports' ELSE 'both' END AS basis,
        coalesce(reported.fact_ids, []) AS fact_ids
    FROM listed
    FULL JOIN reported
        ON reported.mission = listed.mission
        AND reported.actor IS NOT DISTINCT FROM listed.actor
        AND reported.surname = listed.surname
        AND reported.listed_role = listed.role
        AND reported.held_from IS NOT DISTINCT FROM listed.held_from
),
followed AS (
    SELECT
        *,
        lag({'person': person, 'holds_to': holds_to}) OVER one_post AS last_one,
        lead({'person': person, 'holds_from': holds_from}) OVER one_post AS next_one
    FROM held
    WINDOW one_post AS (PARTITION BY mission, actor, lower(role), holds_from IS NULL ORDER BY holds_from, person)
)
SELECT
    followed.mission,
    followed.actor,
    who.name AS actor_name,
    followed.role,
    followed.person,
    followed.holds_from,
    followed.holds_to,
    -- Who left the same post within a month before came before, unless a report names another.
    coalesce(
        before.predecessor,
        if(last_one.holds_to BETWEEN holds_from - 31 AND holds_from + 31, last_one.person, NULL)
    ) AS predecessor,
    coalesce(
        after.successor,
        if(next_one.holds_from BETWEEN holds_to - 31 AND holds_to + 31, next_one.person, NULL)
    ) AS successor,
    followed.basis,
    followed.fact_ids
FROM followed
LEFT JOIN before
    ON before.mission = followed.mission AND before.actor = followed.actor AND before.surname = followed.surname
    AND len(followed.fact_ids) > 0
LEFT JOIN after
    ON after.mission = followed.mission AND after.actor = followed.actor AND after.surname = followed.surname
    AND len(followed.fact_ids) > 0
LEFT JOIN ref.actor AS who ON who.mission = followed.mission AND who.actor = followed.actor;
COMMENT ON VIEW posts IS
    'One row per time that a person held a post: from when to when, by the seeds where they know, else by what was reported, and who came before and after. Grain: mission, actor, role, person and holds_from.';
