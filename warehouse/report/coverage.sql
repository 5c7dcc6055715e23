-- What was read, by UTC day, of all outlets and missions: articles, copies among them, and what was not loaded.
SELECT
    day,
    sum(articles_loaded) - sum(copies) AS originals,
    sum(copies) AS copies,
    sum(rejected) AS rejected,
    count(*) FILTER (gap_suspected) AS gaps_suspected
FROM coverage
GROUP BY day
ORDER BY day DESC
LIMIT 90
