SELECT version, name, checksum FROM ops.migration ORDER BY version
