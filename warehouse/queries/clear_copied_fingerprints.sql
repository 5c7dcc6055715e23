-- Views were made here.
DELETE FROM ops.fingerprint WHERE name <> 'views'
