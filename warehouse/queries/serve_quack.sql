-- Why: a server that clients reach by another name than localhost is one that was told to be, by its address.
SELECT * FROM quack_serve($uri, token := $token, allow_other_hostname := true);
