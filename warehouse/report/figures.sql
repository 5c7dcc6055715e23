-- The headline figures. Of each: the newest that two independent voices give, else the newest of all.
WITH told AS (
    SELECT
        CASE
            WHEN kind = 'displacement' THEN 'displaced'
            WHEN kind = 'casualty' THEN 'killed'
            ELSE 'strength'
        END AS figure,
        coalesce(as_of, event_end) AS told_day,
        *
    FROM facts
    WHERE mission = $mission
        AND status = 'done'
        AND agreement <> 'denied'
        AND value_best IS NOT NULL
        AND CASE kind
            WHEN 'displacement' THEN
                measure = 'stock' AND unit = 'person'
                AND (place_id IS NULL OR place_id = (SELECT any_value(theatre) FROM ref.mission WHERE mission = $mission))
            WHEN 'casualty' THEN subkind = 'killed' AND measure = 'cumulative' AND (place_id IS NULL OR admin1 IS NULL)
            WHEN 'strength' THEN measure = 'stock' AND actor IN (SELECT actor FROM ref.force WHERE mission = $mission)
            ELSE false
        END
),
chosen AS (
    SELECT *
    FROM told
    QUALIFY row_number() OVER (
        PARTITION BY figure
        ORDER BY
            n_independent >= 2 DESC,
            -- Of deaths the total of the longest period; a month is part of its year.
            if(figure = 'killed', coalesce(event_end - event_start, 0), 0) DESC,
            -- A level of a past month stays as old as that month however late it is told again beside today's; a week is
            -- what passes between a count and its news. Any other is as new as its last report.
            if(told_day < first_published_at::DATE - 7, told_day, last_published_at::DATE) DESC,
            n_independent DESC,
            fact_id
    ) = 1
),
figures AS (
    SELECT
        figure,
        value_best AS value,
        NULL AS out_of,
        NULL AS currency,
        event_start AS period_start,
        event_end AS period_end,
        coalesce(told_day, first_published_at::DATE) AS as_of,
        n_independent AS voices,
        agreement,
        (
            SELECT min(outlet) FROM core.report AS report
            WHERE report.known_to IS NULL AND report.fact_id = chosen.fact_id AND report.url = chosen.url
        ) AS outlet,
        url,
        fact_id
    FROM chosen
    UNION ALL
    SELECT
        'people sent', sum(delivered), sum(pledged), NULL, NULL, NULL, max(as_of), NULL, NULL, NULL, NULL, NULL
    FROM promises
    WHERE mission = $mission AND kind = 'personnel'
    HAVING count(*) > 0
    UNION ALL
    (
        SELECT 'money paid', sum(delivered), sum(pledged), currency, NULL, NULL, max(as_of), NULL, NULL, NULL, NULL, NULL
        FROM promises
        WHERE mission = $mission AND kind = 'money'
        GROUP BY currency
        ORDER BY count(*) DESC, currency
        LIMIT 1
    )
)
FROM figures
ORDER BY list_position(['displaced', 'killed', 'strength', 'people sent', 'money paid'], figure)
