"""URL -> Answer: ask a server once, politely, within limits, and archive what comes back before anything reads it.

Conditional GET (RFC 9110, 13), Retry-After (RFC 9110, 10.2.3), freshness (RFC 9111, 4.2), robots.txt, at most five
redirects, caps on time and on bytes after decompression. Failures become FetchError with one reason each; those worth
another try are TransientError.
"""

from __future__ import annotations

import asyncio
import random
import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import httpx

from extractors.errors import FetchError, TransientError
from extractors.records import Entry, Page, Reason
from extractors.url import registered_domain
from flows.fetch.addresses import Address
from flows.fetch.answer import NOTHING_KNOWN, Answer, Keeper, Known, whole_body
from flows.fetch.bodies import beginning, capped_body, drain
from flows.fetch.limits import USUAL_LIMITS, Limits
from flows.fetch.manners import Manners
from flows.fetch.mishaps import explain_mishap
from flows.fetch.redirects import redirect_target
from flows.fetch.robots import LONGEST_ROBOTS_BYTES, Robots
from flows.fetch.silence import Silence
from flows.fetch.spacing import Spacing
from flows.fetch.transport import GuardedTransport
from flows.fetch.waits import fresh_seconds, retry_after_seconds

# Two more tries ride out a restart; what lasts longer is the next run's business.
_TRIES = 3
# A server that asks for a longer pause than this is left alone until the next run.
_PATIENCE_SECONDS = 10.0
# Of different domains; what waits here for its turn is not late.
_REQUESTS_AT_ONCE = 100
# Nobody's wish to be left alone counts beyond a day.
_LONGEST_HOLD_SECONDS = 86_400.0
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
class _Taking:
    """What one `fetch` was given for its answer."""

    known: Known
    archive: Keeper
    entry: Entry | None
    fingerprint: Callable[[bytes], str]


class Fetcher:
    """Asks servers, one request at a time for a domain. Lives on one event loop for the whole of a run.

    Args:
        user_agent: who asks, with a contact.
        spacing_seconds: pause between two requests to one registered domain.
        retry_seconds: first pause before another try; it doubles, and is spread by half to either side.
        manners: folder for what servers ask of us, kept between runs.
        connect_to: hosts that are served at another address, as the sample newsroom's are.
        clock: says when a page was fetched; a run that is told the time tells it here.
        limits: on time and size of one answer.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        spacing_seconds: float,
        allow_private: bool,
        retry_seconds: float,
        manners: Path,
        connect_to: Mapping[str, Address] | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        limits: Limits = USUAL_LIMITS,
    ) -> None:
        self._clock = clock
        self._limits = limits
        self._was_answered = False
        self._spacing = Spacing(spacing_seconds)
        self._silence = Silence()
        self._gate = asyncio.Semaphore(_REQUESTS_AT_ONCE)
        self._retry_seconds = retry_seconds
        self._manners = Manners(manners, clock)
        self._robots = Robots(self._ask_robots, self._manners)
        self._client = httpx.AsyncClient(
            transport=GuardedTransport(allow_private=allow_private, connect_to=connect_to or {}),
            headers={"User-Agent": user_agent, "Accept": _ACCEPT},
            timeout=httpx.Timeout(limits.silent_seconds, connect=limits.connect_seconds),
        )

    @property
    def has_been_answered(self) -> bool:
        """Has any host said anything since this fetcher was made? Where none has, our own line may be cut."""
        return self._was_answered

    async def close(self) -> None:
        """Close all connections."""
        await self._client.aclose()

    async def fetch(
        self,
        url: str,
        *,
        archive: Keeper,
        entry: Entry | None = None,
        known: Known = NOTHING_KNOWN,
        fingerprint: Callable[[bytes], str] = whole_body,
    ) -> Answer:
        """Ask for `url`, with what is known of it; try again what is worth it.

        Args:
            archive: takes what came, unless its fingerprint is known.
            entry: the feed entry that led here, to be kept with the page.
            fingerprint: equal for two bodies of which the second brings nothing new.

        Raises:
            FetchError: nothing usable came back, and asking again would not help.
            TransientError: the same, but a later run may have more luck.
        """
        take = _Taking(known, archive, entry, fingerprint)
        for attempt in range(1, _TRIES):
            try:
                return await self._follow(url, take)
            except TransientError as error:
                pause = max(self._pause(attempt), error.retry_after_seconds or 0)
                if pause > _PATIENCE_SECONDS:
                    raise
                await asyncio.sleep(pause)
        return await self._follow(url, take)

    async def sitemaps(self, url: str) -> tuple[str, ...]:
        """Addresses of the sitemaps that the site of `url` names in its robots.txt.

        Raises:
            FetchError: robots.txt cannot be had.
        """
        return await self._robots.sitemaps(url)

    def _pause(self, attempt: int) -> float:
        return self._retry_seconds * 2.0 ** (attempt - 1) * random.uniform(0.5, 1.5)  # noqa: S311 - jitter, no secret

    async def _follow(self, url: str, take: _Taking) -> Answer:
        asked, is_permanent = url, True
        for hop in range(self._limits.redirects + 1):
            domain = self._domain(url, asked)
            self._admit(url, domain)
            try:
                delay = await self._robots.delay_for(asked)
            except FetchError as error:
                # What is said of a hop holds for the URL that led there.
                raise type(error)(url, error.reason, error.detail) from error
            async with (
                self._spacing.turn(domain, delay, partial(self._admit, url, domain)),
                self._response(url, asked, _validators(take.known)) as response,
            ):
                if not response.has_redirect_location:
                    moved_to = asked if hop and is_permanent else None
                    return await self._read(url, response, take, moved_to)
                is_permanent = is_permanent and response.status_code in (301, 308)
                asked = self._next(url, asked, response)
        raise FetchError(url, Reason.TOO_MANY_REDIRECTS, f"more than {self._limits.redirects}, the last to {asked}")

    @staticmethod
    def _domain(url: str, asked: str) -> str:
        try:
            return registered_domain(asked)
        except ValueError as error:
            raise FetchError(url, Reason.BAD_URL, str(error)) from error

    def _admit(self, url: str, domain: str) -> None:
        """Refuse to ask a domain that wants to be left alone, or that does not answer at all."""
        held = self._manners.seconds_held(domain)
        if held:
            detail = f"{domain} asked to be left alone for another {held:.0f} seconds"
            raise TransientError(url, Reason.TOO_MANY_REQUESTS, detail, 429, held)
        self._silence.refuse(url, domain)

    @staticmethod
    def _next(url: str, asked: str, response: httpx.Response) -> str:
        try:
            return redirect_target(asked, response.headers["Location"])
        except FetchError as error:
            raise FetchError(url, error.reason, error.detail) from error

    async def _ask_robots(self, url: str) -> tuple[int, bytes]:
        """A robots.txt: the status and bytes that stand at the end of its redirects (RFC 9309, 2.3.1.2)."""
        asked = url
        for _ in range(self._limits.redirects + 1):
            domain = registered_domain(asked)
            admit = partial(self._silence.refuse, url, domain)
            async with self._spacing.turn(domain, 0.0, admit), self._response(url, asked, {}) as response:
                if not response.has_redirect_location:
                    body = await beginning(response, LONGEST_ROBOTS_BYTES) if response.status_code == 200 else b""
                    return response.status_code, body
                asked = self._next(url, asked, response)
        # Redirects without end: as if there were none (RFC 9309, 2.3.1.2).
        return 404, b""

    @asynccontextmanager
    async def _response(self, url: str, asked: str, headers: dict[bytes, bytes]) -> AsyncIterator[httpx.Response]:
        try:
            async with (
                self._gate,
                asyncio.timeout(self._limits.total_seconds),
                self._client.stream("GET", asked, headers=headers) as response,
            ):
                self._was_answered = True
                try:
                    yield response
                except FetchError:
                    # A refusal is an answer too.
                    await self._answered(asked, response)
                    raise
                await self._answered(asked, response)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, TimeoutError, ssl.SSLError) as error:
            mishap = explain_mishap(url, error)
            self._silence.note(asked, mishap)
            raise mishap from error

    async def _answered(self, asked: str, response: httpx.Response) -> None:
        self._silence.end(asked)
        await drain(response)

    async def _read(self, url: str, response: httpx.Response, take: _Taking, moved_to: str | None) -> Answer:
        headers = response.headers
        answer = Answer(
            status=response.status_code,
            final_url=str(response.url),
            page=None,
            etag=_as_sent(headers, "ETag"),
            last_modified=_as_sent(headers, "Last-Modified"),
            fresh_seconds=fresh_seconds(headers),
            moved_to=moved_to,
        )
        if response.status_code == 304:
            if not _validators(take.known):
                detail = "HTTP 304, though the request named no version that could be unchanged"
                raise TransientError(url, Reason.PROTOCOL_ERROR, detail, 304)
            return answer
        if response.status_code != 200:
            raise self._refusal(url, response)
        body = await capped_body(url, response, self._limits.body_bytes)
        body_hash = take.fingerprint(body)
        answer = replace(answer, body_hash=body_hash, body_bytes=len(body))
        if body_hash == take.known.body_hash:
            return answer
        page = Page(url, answer.final_url, 200, headers.get("Content-Type", ""), body, self._clock())
        return replace(answer, page=take.archive.add(page, headers.multi_items(), take.entry))

    def _refusal(self, url: str, response: httpx.Response) -> FetchError:
        status = response.status_code
        detail = f"HTTP {status}"
        if status == 429 or status >= 500:
            seconds = retry_after_seconds(response.headers, self._clock())
            if seconds and seconds > _PATIENCE_SECONDS:
                self._manners.hold(registered_domain(str(response.url)), min(seconds, _LONGEST_HOLD_SECONDS))
            reason = _REASON_BY_STATUS.get(status, Reason.SERVER_ERROR)
            return TransientError(url, reason, detail, status, seconds)
        return FetchError(url, _REASON_BY_STATUS.get(status, Reason.HTTP_ERROR), detail, status)


def _validators(known: Known) -> dict[bytes, bytes]:
    headers = {b"If-None-Match": known.etag, b"If-Modified-Since": known.last_modified}
    return {name: value.encode("latin-1", "replace") for name, value in headers.items() if value}


def _as_sent(headers: httpx.Headers, name: str) -> str | None:
    """A header of which each byte is a character, so that it can be sent back verbatim."""
    return next(
        (value.decode("latin-1") for known, value in headers.raw if known.lower() == name.lower().encode()), None
    )
