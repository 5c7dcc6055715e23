-- A result that a client has not read to its end is active, too.
SELECT
    connection_id,
    query,
    state = 'active' AS is_active,
    epoch(now()) - epoch(query_started_at) AS seconds
FROM quack_active_connections();
