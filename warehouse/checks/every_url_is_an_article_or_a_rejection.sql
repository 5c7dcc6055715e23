-- Of entries received by a run that has ended as it should: there is no third place.
SELECT DISTINCT entry.feed, entry.guid, entry.url
FROM raw.entry AS entry
JOIN ops.run AS run ON run.run_id = entry.run_id AND run.state IN ('completed', 'partial')
WHERE NOT EXISTS (FROM raw.page AS page WHERE entry.url IN (page.asked_url, page.final_url))
    AND NOT EXISTS (FROM core.article AS article WHERE article.url = entry.url)
    AND NOT EXISTS (FROM ops.rejection AS rejection WHERE rejection.url = entry.url)
