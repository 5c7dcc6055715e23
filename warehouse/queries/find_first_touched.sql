SELECT min(recorded_at) FROM touched_article
