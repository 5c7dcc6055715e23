"""URL -> Answer: ask a server once, politely, within limits, and archive what comes back before anything reads it.

Conditional GET (RFC 9110, 13), Retry-After (RFC 9110, 10.2.3), at most five redirects, caps on time and on bytes after
decompression. Failures become FetchError with one reason each; those worth another try are TransientError.
"""

from __future__ import annotations

import asyncio
import random
import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from extractors.errors import FetchError, TransientError
from extractors.records import Entry, Page, Reason
from extractors.url import canonicalize, registered_domain
from flows.fetch.addresses import Address, PrivateAddressError, UnresolvableError, guarded_transport
from flows.fetch.archive import Archive
from flows.fetch.spacing import Spacing

# Slow servers answer within 10 s or not at all; a drip that never ends is cut after a minute.
_TIMEOUT = httpx.Timeout(20.0, connect=10.0)
_TOTAL_SECONDS = 60.0
# Miniflux allows 15 MB; the largest of 44 real feeds measured is 0.4 MB and the largest news page 1.5 MB.
MAX_BODY_BYTES = 15_000_000
_MAX_REDIRECTS = 5
# Two more tries ride out a restart; what lasts longer is the next run's business.
_TRIES = 3
# A server that asks for a longer pause than this is left alone until the next run.
_PATIENCE_SECONDS = 10.0
_ACCEPT = (
    "text/html,application/xhtml+xml,application/atom+xml,application/rss+xml,application/feed+json;q=0.9,*/*;q=0.5"
)

_REASON_BY_STATUS = {
    401: Reason.FORBIDDEN,
    402: Reason.PAYMENT_REQUIRED,
    403: Reason.FORBIDDEN,
    404: Reason.NOT_FOUND,
    410: Reason.GONE,
    429: Reason.TOO_MANY_REQUESTS,
    451: Reason.FORBIDDEN,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said to one request.

    Args:
        page: None when nothing changed since the validators were given (304).
        etag, last_modified: to be sent back verbatim the next time.
        max_age_seconds: how long the server holds the answer to be fresh, None where it does not say.
    """

    status: int
    final_url: str
    page: Page | None
    etag: str | None
    last_modified: str | None
    max_age_seconds: int | None


class Fetcher:
    """Asks servers, one request at a time for a domain. Lives on one event loop for the whole of a run.

    Args:
        user_agent: who asks, with a contact.
        spacing_seconds: pause between two requests to one registered domain.
        retry_seconds: first pause before another try; it doubles, and is spread by half to either side.
        connect_to: hosts that are served at another address, as the sample newsroom's are.
        clock: says when a page was fetched; a run that is told the time tells it here.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        spacing_seconds: float,
        allow_private: bool,
        retry_seconds: float,
        connect_to: Mapping[str, Address] | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._clock = clock
        self._spacing = Spacing(spacing_seconds)
        self._retry_seconds = retry_seconds
        self._client = httpx.AsyncClient(
            transport=guarded_transport(allow_private=allow_private, connect_to=connect_to or {}),
            headers={"User-Agent": user_agent, "Accept": _ACCEPT},
            timeout=_TIMEOUT,
        )

    async def close(self) -> None:
        """Close all connections."""
        await self._client.aclose()

    async def fetch(
        self,
        url: str,
        *,
        archive: Archive,
        entry: Entry | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> Answer:
        """Ask for `url`, with validators if there are any; try again what is worth it.

        Raises:
            FetchError: nothing usable came back, and asking again would not help.
            TransientError: the same, but a later run may have more luck.
        """
        headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        given = {name: value for name, value in headers.items() if value}
        for attempt in range(1, _TRIES):
            try:
                return await self._follow(url, given, archive, entry)
            except TransientError as error:
                pause = max(self._pause(attempt), error.retry_after_seconds or 0)
                if pause > _PATIENCE_SECONDS:
                    raise
                await asyncio.sleep(pause)
        return await self._follow(url, given, archive, entry)

    def _pause(self, attempt: int) -> float:
        return self._retry_seconds * 2.0 ** (attempt - 1) * random.uniform(0.5, 1.5)  # noqa: S311 - jitter, no secret

    async def _follow(self, url: str, headers: dict[str, str], archive: Archive, entry: Entry | None) -> Answer:
        asked = url
        for _ in range(_MAX_REDIRECTS + 1):
            try:
                domain = registered_domain(asked)
            except ValueError as error:
                raise FetchError(url, Reason.BAD_URL, str(error)) from error
            async with self._spacing.turn(domain), self._response(url, asked, headers) as response:
                if not response.has_redirect_location:
                    return await self._read(url, response, archive, entry)
                asked = canonicalize(response.headers["Location"], base=asked)
        raise FetchError(url, Reason.TOO_MANY_REDIRECTS, f"more than {_MAX_REDIRECTS}, the last to {asked}")

    @asynccontextmanager
    async def _response(self, url: str, asked: str, headers: dict[str, str]) -> AsyncIterator[httpx.Response]:
        try:
            async with asyncio.timeout(_TOTAL_SECONDS), self._client.stream("GET", asked, headers=headers) as response:
                yield response
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, TimeoutError, ssl.SSLError) as error:
            raise _explain(url, error) from error

    async def _read(self, url: str, response: httpx.Response, archive: Archive, entry: Entry | None) -> Answer:
        final_url = str(response.url)
        etag, last_modified = response.headers.get("ETag"), response.headers.get("Last-Modified")
        max_age = _max_age_seconds(response.headers)
        if response.status_code == 304:
            return Answer(304, final_url, None, etag, last_modified, max_age)
        if response.status_code != 200:
            raise _refusal(url, response)
        body = await _capped_body(url, response)
        page = Page(url, final_url, 200, response.headers.get("Content-Type", ""), body, self._clock())
        page = archive.add(page, response.headers.multi_items(), entry)
        return Answer(200, final_url, page, etag, last_modified, max_age)


async def _capped_body(url: str, response: httpx.Response) -> bytes:
    chunks, size = [], 0
    async for chunk in response.aiter_bytes():
        size += len(chunk)
        if size > MAX_BODY_BYTES:
            raise FetchError(url, Reason.TOO_LARGE, f"more than {MAX_BODY_BYTES:,} bytes after decompression")
        chunks.append(chunk)
    return b"".join(chunks)


# The first kind found among an error and its causes decides; what is on the left is more specific than what follows.
_REASON_BY_ERROR: tuple[tuple[type[BaseException], type[FetchError], Reason], ...] = (
    (PrivateAddressError, FetchError, Reason.PRIVATE_ADDRESS),
    (UnresolvableError, TransientError, Reason.DNS_FAILURE),
    (ssl.SSLError, FetchError, Reason.TLS_FAILURE),
    (httpx.TimeoutException, TransientError, Reason.TIMEOUT),
    (TimeoutError, TransientError, Reason.TIMEOUT),
    (httpx.InvalidURL, FetchError, Reason.BAD_URL),
    (httpx.UnsupportedProtocol, FetchError, Reason.BAD_URL),
    (httpx.ConnectError, TransientError, Reason.UNREACHABLE),
    (Exception, TransientError, Reason.PROTOCOL_ERROR),
)


def _explain(url: str, error: Exception) -> FetchError:
    """The FetchError for an error of httpx; httpx keeps httpcore's as its cause."""
    causes: list[BaseException] = [error]
    while (cause := causes[-1].__cause__ or causes[-1].__context__) is not None and cause not in causes:
        causes.append(cause)
    kind, reason = next(
        (kind, reason) for known, kind, reason in _REASON_BY_ERROR if any(isinstance(cause, known) for cause in causes)
    )
    return kind(url, reason, f"{type(error).__name__}: {error}".removesuffix(": "))


def _refusal(url: str, response: httpx.Response) -> FetchError:
    status = response.status_code
    detail = f"HTTP {status}"
    if status == 429 or status >= 500:
        reason = _REASON_BY_STATUS.get(status, Reason.SERVER_ERROR)
        return TransientError(url, reason, detail, status, _retry_after_seconds(response.headers))
    return FetchError(url, _REASON_BY_STATUS.get(status, Reason.HTTP_ERROR), detail, status)


def _retry_after_seconds(headers: httpx.Headers) -> float | None:
    """Seconds to wait, from either form of Retry-After; None where it is absent or unreadable."""
    value = headers.get("Retry-After", "").strip()
    if value.isdecimal():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _max_age_seconds(headers: httpx.Headers) -> int | None:
    for directive in headers.get("Cache-Control", "").lower().split(","):
        name, _, value = directive.strip().partition("=")
        if name == "max-age" and value.strip('"').isdecimal():
            return int(value.strip('"'))
    return None
