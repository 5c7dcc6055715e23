"""URL -> may it be asked for, and how slowly: robots.txt of its origin, asked for once a day.

Source: RFC 9309; Crawl-delay as most crawlers read it.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from protego import Protego

from extractors.errors import FetchError, TransientError
from extractors.records import Reason
from flows.fetch.manners import Manners, StoredRules

# The name that robots.txt files may speak to.
AGENT = "missionwire"
# RFC 9309, 2.5: at least so much must be read; what follows is not even unpacked.
LONGEST_ROBOTS_BYTES = 500_000
# A site that asks for more would be read for days; it gets this much.
_MOST_DELAY_SECONDS = 300.0

Ask = Callable[[str], Awaitable[tuple[int, bytes]]]


class Robots:
    """The rules of all origins that a run meets.

    Args:
        ask: fetches a robots.txt, redirects followed: its final status and body.
    """

    def __init__(self, ask: Ask, manners: Manners) -> None:
        self._ask = ask
        self._manners = manners
        self._parsed: dict[str, Protego] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._silent: dict[str, FetchError] = {}

    async def delay_for(self, url: str) -> float:
        """Seconds that the origin wants between two requests, 0 where it does not say.

        Raises:
            FetchError: robots.txt forbids the URL.
            TransientError: robots.txt cannot be had, so that nothing may be asked for the time being.
        """
        rules = await self._rules(url)
        if rules is None:
            return 0.0
        if not rules.can_fetch(url, AGENT):
            raise FetchError(url, Reason.ROBOTS, f"{_origin(url)}/robots.txt forbids it")
        return min(float(rules.crawl_delay(AGENT) or 0.0), _MOST_DELAY_SECONDS)

    async def sitemaps(self, url: str) -> tuple[str, ...]:
        """Addresses of the sitemaps that the robots.txt of the URL's origin names, as they stand there.

        Raises:
            TransientError: robots.txt cannot be had.
        """
        rules = await self._rules(url)
        return () if rules is None else tuple(rules.sitemaps)

    async def _rules(self, url: str) -> Protego | None:
        origin = _origin(url)
        async with self._locks[origin]:
            stored = self._manners.rules(origin)
            if stored is None:
                stored = await self._fetch(url, origin)
        if stored.is_failure:
            raise TransientError(
                url, Reason.ROBOTS, f"robots.txt answered HTTP {stored.status}; asked again in an hour"
            )
        if stored.text and origin not in self._parsed:
            self._parsed[origin] = Protego.parse(stored.text)
        return self._parsed[origin] if stored.text else None

    async def _fetch(self, url: str, origin: str) -> StoredRules:
        self._parsed.pop(origin, None)
        try:
            if origin in self._silent:
                raise self._silent[origin]
            status, body = await self._ask(f"{origin}/robots.txt")
        except FetchError as error:
            if error.reason is Reason.TIMEOUT:
                # Its hundred pages would each wait as long for the same silence; a later run asks again.
                self._silent[origin] = error
            if error.reason is Reason.BAD_URL:
                # A redirect to nowhere: as if there were no rules (RFC 9309, 2.3.1.2).
                return self._manners.keep_rules(origin, 404, "")
            # The host itself is in trouble: that is what to say of the URL.
            raise type(error)(url, error.reason, f"robots.txt: {error.detail}") from error
        text = body.decode("utf-8-sig", "replace") if 200 <= status < 300 else ""
        return self._manners.keep_rules(origin, status, text)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
