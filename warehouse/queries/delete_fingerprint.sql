DELETE FROM ops.fingerprint WHERE name = $name
