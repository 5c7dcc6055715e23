SELECT checksum FROM ops.fingerprint WHERE name = $name
