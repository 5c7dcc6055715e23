INSERT INTO ops.fingerprint BY NAME
FROM source.ops.fingerprint
WHERE name <> 'views'
