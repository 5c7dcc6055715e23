INSERT INTO ops.fingerprint (name, checksum, recorded_at) VALUES ($name, $checksum, $recorded_at)
