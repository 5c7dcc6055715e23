DELETE FROM ref.mission
