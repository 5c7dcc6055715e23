"""Address of a site or a feed -> the feed behind it: asked once, politely, and read before it is believed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from extractors.errors import FeedError, FetchError, SettingsError
from extractors.feed import parse_feed
from extractors.feed_links import find_feed_links, usual_feed_addresses
from extractors.records import Feed, FeedDocument, Page, Reason
from flows.fetching import only_looking
from flows.settings import Settings

# A host without a scheme may be one that does not speak HTTPS.
_NO_SUCH_SERVER = {Reason.TLS_FAILURE, Reason.UNREACHABLE, Reason.TIMEOUT, Reason.PROTOCOL_ERROR}
_PRIVATE_HINT = "; for a host of your own network set MISSIONWIRE_ALLOW_PRIVATE_ADDRESSES=true"

Ask = Callable[[str], Awaitable[Page]]
Found = tuple[Feed, FeedDocument, tuple[str, ...]]


def find_feed(settings: Settings, address: str) -> Found:
    """The feed at an address, or the one that the site at that address names, and the other ones it names.

    Raises:
        SettingsError: nothing there is a feed, or leads to one; says what was tried.
    """
    urls = (address,) if "//" in address else (f"https://{address}", f"http://{address}")
    return asyncio.run(_asking(settings, lambda ask: _find(ask, *urls)))


async def _asking(settings: Settings, find: Callable[[Ask], Awaitable[Found]]) -> Found:
    """Run `find` with a way to ask."""
    async with only_looking(settings, "find") as (fetcher, archive):

        async def ask(url: str) -> Page:
            answer = await fetcher.fetch(url, archive=archive)
            assert answer.page is not None  # nothing is known of the address, so all of it comes
            return answer.page

        return await find(ask)


async def _find(ask: Ask, url: str, *others: str) -> Found:
    """Of addresses that may be meant the first one that answers is the one."""
    try:
        page = await ask(url)
    except FetchError as error:
        if others and error.reason in _NO_SUCH_SERVER:
            return await _find(ask, *others)
        hint = _PRIVATE_HINT if error.reason is Reason.PRIVATE_ADDRESS else ""
        raise SettingsError(f"{url} cannot be asked: {error.reason} ({error.detail}){hint}") from error
    try:
        return _as_feed(page), _parse(page), ()
    except FeedError:
        links = [link.url for link in find_feed_links(page.body, page.final_url, page.content_type)]
    tried = links or list(usual_feed_addresses(page.final_url))
    for number, link in enumerate(tried):
        try:
            found = await ask(link)
            return _as_feed(found), _parse(found), tuple(links[number + 1 :])
        except (FetchError, FeedError):
            continue
    raise SettingsError(f"{url} is no feed and leads to none; tried {', '.join(tried)}")


def _parse(page: Page) -> FeedDocument:
    return parse_feed(page.body, url=page.final_url, content_type=page.content_type)


def _as_feed(page: Page) -> Feed:
    document = _parse(page)
    language = (document.language or "").split("-")[0].lower()
    return Feed(url=page.url, outlet=document.title or None, language=language if len(language) == 2 else None)
