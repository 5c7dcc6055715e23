-- How each report stands to its fact, in the order in which they were told: the first word of each source corroborates,
-- what it says again repeats; more than was told before updates, less conflicts, sharper refines.
UPDATE core.report AS report
SET relation = marked.relation
FROM (
    SELECT
        claim_id,
        CASE
            WHEN is_denial AND NOT is_only_denied THEN 'denies'
            WHEN row_number() OVER one_voice > 1 THEN 'repeats'
            WHEN said_low > max(said_high) OVER before THEN 'updates'
            WHEN said_high < max(said_low) OVER before THEN 'conflicts'
            WHEN slack < min(slack) OVER before THEN 'refines'
            ELSE 'corroborates'
        END AS relation
    FROM (
        SELECT
            *,
            coalesce(status = 'denied' OR polarity = '-', false) AS is_denial,
            bool_and(coalesce(status = 'denied' OR polarity = '-', false)) OVER (PARTITION BY fact_id) AS is_only_denied
        FROM touched_report
    )
    WINDOW
        one_voice AS (
            PARTITION BY fact_id, voice, currency, said_low, said_high
            ORDER BY published_at, article_id, sentence, claim_id
        ),
        -- Sums in two currencies are not compared; of one text the figure of before was told first.
        before AS (
            PARTITION BY fact_id, currency
            ORDER BY published_at, article_id, is_former DESC, sentence, said_low, said_high, claim_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        )
) AS marked
WHERE report.claim_id = marked.claim_id
    AND report.known_to IS NULL
    AND report.last_on >= $first_on
    AND report.first_on <= $last_on
    AND report.relation IS DISTINCT FROM marked.relation
