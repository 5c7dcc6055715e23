INSERT INTO ops.migration (version, name, checksum, applied_at)
VALUES ($version, $name, $checksum, $applied_at)
