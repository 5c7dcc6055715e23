DELETE FROM ref.force
