DELETE FROM ref.actor
