-- Closed at the moment it was written: nobody ever saw it.
DELETE FROM core.fact WHERE known_to <= known_from
