SELECT count(*) FROM ref.correction
