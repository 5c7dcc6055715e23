SELECT count(*) FROM raw.page WHERE archive_file = $archive_file
