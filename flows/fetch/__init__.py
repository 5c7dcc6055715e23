"""The only place that opens a socket to the outside."""
