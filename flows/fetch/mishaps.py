"""Error of the HTTP library -> FetchError: which reason it is, and whether asking again may help."""

from __future__ import annotations

import ssl

import httpx

from extractors.errors import FetchError, TransientError
from extractors.records import Reason
from flows.fetch.addresses import PrivateAddressError, UnresolvableError

# The first kind found among an error and its causes decides; what is on the left is more specific than what follows.
_REASON_BY_ERROR: tuple[tuple[type[BaseException], type[FetchError], Reason], ...] = (
    (PrivateAddressError, FetchError, Reason.PRIVATE_ADDRESS),
    (UnresolvableError, TransientError, Reason.DNS_FAILURE),
    (httpx.TimeoutException, TransientError, Reason.TIMEOUT),
    (TimeoutError, TransientError, Reason.TIMEOUT),
    # After the time-outs: a handshake that waits has an SSLWantReadError among its causes.
    (ssl.SSLError, FetchError, Reason.TLS_FAILURE),
    (httpx.InvalidURL, FetchError, Reason.BAD_URL),
    (httpx.UnsupportedProtocol, FetchError, Reason.BAD_URL),
    (httpx.ConnectError, TransientError, Reason.UNREACHABLE),
    (Exception, TransientError, Reason.PROTOCOL_ERROR),
)


def explain_mishap(url: str, error: Exception) -> FetchError:
    """The FetchError for an error of httpx; httpx keeps httpcore's as its cause."""
    causes: list[BaseException] = [error]
    while (cause := causes[-1].__cause__ or causes[-1].__context__) is not None and cause not in causes:
        causes.append(cause)
    kind, reason = next(
        (kind, reason) for known, kind, reason in _REASON_BY_ERROR if any(isinstance(cause, known) for cause in causes)
    )
    return kind(url, reason, f"{type(error).__name__}: {error}".removesuffix(": "))
