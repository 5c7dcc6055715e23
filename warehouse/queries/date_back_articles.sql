-- Articles of this load that are said to have been recorded later than now: the clock has been set back since, or another
-- machine's is ahead. All that is known of an article was recorded with it or after, and whoever looks for that goes by it.
UPDATE core.article
SET recorded_at = $recorded_at
WHERE recorded_at > $recorded_at
    AND article_id IN (SELECT article_id FROM incoming_article)
