DELETE FROM ref.actor_name
