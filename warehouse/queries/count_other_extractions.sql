SELECT count(DISTINCT version_id) FROM newest_extraction WHERE is_another
