UPDATE core.extraction AS extraction
SET is_superseded = true
FROM newest_extraction AS newest
WHERE newest.is_another
    AND extraction.version_id = newest.version_id
    AND extraction.mission = newest.mission
    AND extraction.extractor = newest.extractor
    AND NOT extraction.is_superseded
