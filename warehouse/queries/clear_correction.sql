DELETE FROM ref.correction
