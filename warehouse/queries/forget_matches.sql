-- What the rules said of an article being about a mission is said anew by those that have read it again.
DELETE FROM core.article_mission AS old
USING newest_extraction AS newest
WHERE newest.is_another
    AND newest.extractor = 'rules'
    AND old.version_id = newest.version_id
    AND old.mission = newest.mission
