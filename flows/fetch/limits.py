"""Limits -> how long and how much one answer may be: what a server can do to us ends here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one request. Slow servers answer within 10 s or not at all; a drip that never ends is cut.

    Args:
        connect_seconds: for the connection, TLS included.
        silent_seconds: longest wait for the next byte, the first one too.
        total_seconds: from the request to the last byte, so that one byte a second does not hold a place for ever.
        body_bytes: after decompression. Miniflux allows 15 MB; the largest of 44 real feeds measured has 0.4 MB, and
            the largest news page 1.5 MB.
        redirects: hops in a row.
    """

    connect_seconds: float = 10.0
    silent_seconds: float = 20.0
    total_seconds: float = 60.0
    body_bytes: int = 15_000_000
    redirects: int = 5


USUAL_LIMITS = Limits()
