DELETE FROM core.correction_link
