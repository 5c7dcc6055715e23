-- The facts touched, as their reports now add up: in the order of publication, never of recording, so that the order of
-- arrival makes no difference. What is denied does not enter the value of what was done; where
-- nobody affirms it, the denials are all there is.
INSERT INTO changed_fact BY NAME
WITH member AS (
    SELECT
        -- A copy from which the claimant was cut still has that claimant's word; one that adds a claimant has another's.
        report.* REPLACE (
            if(
                report.article_id = report.origin_id OR report.source_type NOT IN ('witness', 'anonymous'),
                report.voice,
                first_value(report.voice) OVER (
                    PARTITION BY report.fact_id, report.origin_id, report.said_low, report.said_high
                    ORDER BY
                        report.article_id = report.origin_id DESC, report.voice_rank DESC,
                        report.article_id, report.sentence, report.claim_id
                )
            ) AS voice
        ),
        touched.is_superseded,
        coalesce(report.value_best, report.value_low, report.value_high) AS figure,
        coalesce(report.status = 'denied' OR report.polarity = '-', false) AS is_denial,
        -- "The UN" is no source beside the agency of the UN that counted.
        voice IN ('un', 'united nations') AS is_generic,
        -- "Gunmen" says less than the name of their gang.
        coalesce(list_contains(doer.roles, 'unnamed'), false) AS is_unnamed
    FROM touched_report AS report
    JOIN touched_fact AS touched USING (fact_id)
    LEFT JOIN ref.actor AS doer ON doer.mission = report.mission AND doer.actor = report.target
),
counted AS (
    SELECT
        *,
        bool_and(is_denial) OVER one_fact AS is_only_denied,
        bool_or(is_denial) OVER one_fact AS is_denied_by_some,
        bool_and(is_former) OVER one_fact AS is_only_former,
        bool_or(source_type = 'un' AND NOT is_generic) OVER one_fact AS has_agency_of_un
    FROM member
    WINDOW one_fact AS (PARTITION BY fact_id)
),
affirmed AS (
    SELECT * FROM counted WHERE is_only_denied OR NOT is_denial
),
valued AS (
    -- A sum told in two currencies is told in that of the best source, the payer's own before all. What a text tells as the
    -- figure of before is nobody's word any more.
    SELECT *
    FROM (FROM affirmed WHERE is_only_former OR NOT is_former)
    WHERE figure IS NOT NULL
    QUALIFY currency IS NOT DISTINCT FROM first_value(currency) OVER (
        PARTITION BY fact_id ORDER BY voice_rank DESC, slack / greatest(figure, 1), published_at, article_id, sentence, claim_id
    )
),
picked AS (
    -- UCDP: the best value is the latest of the best sources.
    SELECT
        fact_id,
        arg_max(
            {'figure': figure, 'slack': slack}, (voice_rank, published_at, figure, article_id, sentence, claim_id)
        ) AS best,
        arg_max(
            {'figure': figure, 'slack': slack}, (published_at, voice_rank, figure, article_id, sentence, claim_id)
        ) AS latest,
        arg_max({'figure': figure, 'slack': slack}, (published_at, figure, article_id, sentence, claim_id)) 
            FILTER (source_type IN ('un', 'government', 'mission', 'police')) AS official,
        min(figure) AS least
    FROM valued
    WHERE value_best IS NOT NULL
    GROUP BY fact_id
),
sharpened AS (
    -- "About 1,000" is said of a count of 991: the count is told.
    SELECT
        valued.fact_id,
        arg_min(figure, (slack, -voice_rank, -epoch(published_at), article_id, sentence, claim_id))
            FILTER (abs(figure - best.figure) <= greatest(valued.slack, best.slack)) AS value_best,
        arg_min(qualifier, (slack, -voice_rank, -epoch(published_at), article_id, sentence, claim_id))
            FILTER (abs(figure - best.figure) <= greatest(valued.slack, best.slack)) AS qualifier,
        arg_min(figure, (slack, -epoch(published_at), article_id, sentence, claim_id))
            FILTER (abs(figure - latest.figure) <= greatest(valued.slack, latest.slack)) AS best_latest,
        arg_min(figure, (slack, -epoch(published_at), article_id, sentence, claim_id))
            FILTER (abs(figure - official.figure) <= greatest(valued.slack, official.slack)) AS best_official,
        any_value(least) AS best_acled
    FROM valued
    JOIN picked USING (fact_id)
    WHERE valued.value_best IS NOT NULL
    GROUP BY valued.fact_id
),
bounds AS (
    -- "At least" leaves the top open, "up to" and "nearly" the bottom; "about" counts on both sides.
    SELECT
        fact_id,
        min(coalesce(value_low, if(qualifier = 'about', value_best, NULL))) AS value_low,
        max(coalesce(value_high, if(qualifier = 'about', value_best, NULL))) AS value_high
    FROM valued
    GROUP BY fact_id
),
newest_word AS (
    -- What each source says in the end: a count that it has corrected itself is no quarrel.
    SELECT
        fact_id,
        voice,
        max(published_at) AS told_at,
        arg_max(said_low, (published_at, article_id, sentence, claim_id)) AS said_low,
        bool_or(said_low < said_high) AS is_rough,
        arg_max(said_high, (published_at, article_id, sentence, claim_id)) AS said_high
    FROM valued
    GROUP BY fact_id, voice
),
contested AS (
    -- Two voices that differ in one text, or somebody who tells less after another has told more; a count that grows is
    -- no conflict.
    SELECT DISTINCT one.fact_id
    FROM newest_word AS one
    JOIN newest_word AS other
        ON other.fact_id = one.fact_id
        AND other.voice <> one.voice
        -- "About 200" is no quarrel with 217.
        AND other.said_high < one.said_low * if(one.is_rough OR other.is_rough, 0.93, 1)
        AND other.told_at >= one.told_at
    UNION
    SELECT fact_id
    FROM valued
    GROUP BY fact_id, article_id
    HAVING max(said_low) > min(said_high)
        -- Not all that tell the most and the least are one voice.
        AND (
            arg_max(voice, (said_low, voice)) <> arg_min(voice, (said_high, voice))
            OR arg_min(voice, (-said_low, voice)) <> arg_max(voice, (-said_high, voice))
        )
),
summed AS (
    SELECT
        fact_id,
        any_value(stream) AS stream,
        any_value(rule) AS rule,
        any_value(mission) AS mission,
        any_value(kind) AS kind,
        arg_min(subkind, (published_at, article_id, sentence, claim_id)) AS subkind,
        any_value(measure) AS measure,
        arg_min(actor, (published_at, article_id, sentence, claim_id)) AS actor,
        any_value(subject) AS subject,
        arg_min(target, (is_unnamed, published_at, article_id, sentence, claim_id)) AS target,
        arg_max(
            {
                'place': place, 'place_id': place_id, 'path': place_path, 'country': country, 'admin1': admin1,
                'admin2': admin2, 'latitude': latitude, 'longitude': longitude
            },
            (len(place_path), -epoch(published_at), article_id, sentence, claim_id)
        ) AS located,
        arg_min(
            {'start': event_start, 'end': event_end, 'precision': date_precision},
            (
                event_end - event_start, date_basis IN ('inherited', 'published'), published_at,
                article_id, sentence, claim_id
            )
        ) FILTER (event_start IS NOT NULL) AS dated,
        max(as_of) AS as_of,
        arg_min(qualifier, (published_at, article_id, sentence, claim_id)) AS first_qualifier,
        -- "Eight others" beside officers are officers.
        arg_min(unit, (unit = 'person', published_at, article_id, sentence, claim_id)) AS unit,
        arg_min(unit_class, (published_at, article_id, sentence, claim_id)) AS unit_class,
        arg_min(currency, (-voice_rank, slack / greatest(figure, 1), published_at, article_id, sentence, claim_id)) AS currency,
        arg_max(person, (length(person), article_id, sentence, claim_id)) AS person,
        arg_min(role, (published_at, article_id, sentence, claim_id)) AS role,
        arg_min(status, (published_at, article_id, sentence, claim_id)) AS status,
        arg_min(polarity, (published_at, article_id, sentence, claim_id)) AS polarity,
        count(DISTINCT voice) FILTER (NOT (is_generic AND has_agency_of_un)) AS n_independent,
        any_value(is_only_denied) AS is_only_denied,
        any_value(is_denied_by_some) AS is_denied_by_some,
        any_value(is_superseded) AS is_superseded
    FROM affirmed
    GROUP BY fact_id
),
told AS (
    SELECT
        fact_id,
        count(*) AS n_claims,
        count(DISTINCT article_id) AS n_articles,
        count(DISTINCT outlet) AS n_outlets,
        min(published_at) AS first_published_at,
        max(published_at) AS last_published_at,
        min(recorded_at) AS first_recorded_at,
        min(first_on) AS first_on,
        max(last_on) AS last_on,
        min(published_on) FILTER (NOT is_former) AS told_from,
        max(published_on) FILTER (NOT is_former) AS told_to,
        bool_or(corrections IS NOT NULL) AS is_corrected,
        list(DISTINCT outlet ORDER BY outlet) FILTER (outlet IS NOT NULL) AS outlets,
        -- The first that tells the figure, where one is told.
        arg_min(sentence, (figure IS NULL, published_at, article_id, sentence, claim_id)) AS sentence,
        arg_min(url, (figure IS NULL, published_at, article_id, sentence, claim_id)) AS url
    FROM member
    GROUP BY fact_id
)
SELECT
    summed.* EXCLUDE (located, dated, first_qualifier, is_only_denied, is_denied_by_some),
    told.* EXCLUDE (fact_id),
    located.place AS place,
    located.place_id AS place_id,
    located.path AS place_path,
    located.country AS country,
    located.admin1 AS admin1,
    located.admin2 AS admin2,
    located.latitude AS latitude,
    located.longitude AS longitude,
    dated.start AS event_start,
    dated."end" AS event_end,
    dated.precision AS date_precision,
    sharpened.value_best,
    bounds.value_low,
    -- An upper bound that the best value has left behind is none.
    if(bounds.value_high >= coalesce(sharpened.value_best, bounds.value_low, 0), bounds.value_high, NULL) AS value_high,
    coalesce(sharpened.qualifier, summed.first_qualifier) AS qualifier,
    sharpened.best_acled,
    sharpened.best_latest,
    sharpened.best_official,
    CASE
        WHEN is_only_denied THEN 'denied'
        WHEN is_denied_by_some OR fact_id IN (FROM contested) THEN 'contested'
        WHEN is_superseded THEN 'superseded'
        WHEN n_independent > 1 THEN 'corroborated'
        ELSE 'single'
    END AS agreement
FROM summed
JOIN told USING (fact_id)
LEFT JOIN bounds USING (fact_id)
LEFT JOIN sharpened USING (fact_id)
