DELETE FROM ref.publisher
