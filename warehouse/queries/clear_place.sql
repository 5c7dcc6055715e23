DELETE FROM ref.place
