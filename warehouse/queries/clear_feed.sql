DELETE FROM ref.feed
