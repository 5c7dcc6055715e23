DELETE FROM ref.post
