"""Address of a site or a sitemap -> Entries: all pages that its sitemaps list for some days, asked for politely.

A sitemap speaks for its own site alone, and for the site whose robots.txt names it (sitemaps.org, "cross submits").
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from extractors.errors import FeedError, FetchError
from extractors.feed import parse_feed
from extractors.records import Entry, Page, Reason, Rejection, Stage
from extractors.sitemap import SitemapDocument, SitemapEntry, SitemapLink, parse_sitemap
from extractors.url import same_site
from flows.backfill.asked import Asked
from flows.context import RunContext
from flows.fetch.archive import Archive
from flows.progress import log

# Where content systems put one, asked in this order when robots.txt names none.
_USUAL_PATHS = ("/sitemap.xml", "/sitemap_index.xml", "/sitemap-index.xml", "/news-sitemap.xml")
# An index may name 50,000 sitemaps, and those again; what is beyond this is a trap, or wants narrower days.
_MOST_SITEMAPS = 5_000


@dataclass(slots=True)
class Listed:
    """What the sitemaps of some addresses list.

    Args:
        left_out: how many were not taken, by why.
        failures: a row for each sitemap that did not come, or is none.
    """

    entries: list[Entry] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    failures: list[Rejection] = field(default_factory=list)
    sitemap_count: int = 0


def list_pages(context: RunContext, asked: Asked) -> Listed:
    """Ask for the sitemaps behind the addresses, those of different sites side by side."""
    with Archive(context.settings.archive_folder, f"{context.run_id}-sitemaps", now=context.now) as archive:

        async def list_all() -> list[Listed]:
            sites = [_Site(context, asked, archive, name) for name in asked.names]
            return await asyncio.gather(*(site.list_pages() for site in sites))

        listed = context.portal.call(list_all)
    for failure in (failure for each in listed for failure in each.failures):
        log.warning("sitemap %s: %s %s", failure.url, failure.reason, failure.detail)
    return Listed(
        [entry for each in listed for entry in each.entries],
        sum((each.left_out for each in listed), Counter()),
        [failure for each in listed for failure in each.failures],
        sum(each.sitemap_count for each in listed),
    )


class _Site:
    """One address, and the sitemaps that it leads to."""

    def __init__(self, context: RunContext, asked: Asked, archive: Archive, name: str) -> None:
        self._context = context
        self._asked = asked
        self._archive = archive
        self._name = name
        self._feed = asked.feed_of(name)
        self._listed = Listed()
        self._known: set[str] = set()

    async def list_pages(self) -> Listed:
        waiting = await self._first_sitemaps()
        while waiting and self._listed.sitemap_count < _MOST_SITEMAPS:
            url = waiting.pop(0)
            document = await self._ask(url)
            if document is not None:
                waiting += self._children(url, document.children)
                self._take(url, document.entries)
        if waiting:
            self._fail(waiting[0], Reason.TOO_LARGE, f"more than {_MOST_SITEMAPS:,} sitemaps; --from narrows them down")
        return self._listed

    async def _first_sitemaps(self) -> list[str]:
        """The address itself, unless it is that of a site: then what its robots.txt names, or the usual places."""
        parts = urlsplit(self._name)
        if parts.path not in ("", "/") or parts.query:
            return self._fresh([self._name])
        try:
            named = await self._context.fetcher.sitemaps(self._name)
        except FetchError as error:
            self._fail(self._name, error.reason, error.detail)
            return []
        return self._fresh(urljoin(self._name, link) for link in named) or await self._usual_sitemaps()

    async def _usual_sitemaps(self) -> list[str]:
        for url in (urljoin(self._name, path) for path in _USUAL_PATHS):
            try:
                self._read(await self._fetch(url))
            except (FetchError, FeedError):
                continue
            return self._fresh([url])
        self._fail(
            self._name, Reason.NOT_FOUND, f"robots.txt names no sitemap, and none is at {', '.join(_USUAL_PATHS)}"
        )
        return []

    async def _ask(self, url: str) -> SitemapDocument | None:
        self._listed.sitemap_count += 1
        try:
            document = self._read(await self._fetch(url))
        except (FetchError, FeedError) as error:
            self._fail(url, error.reason, error.detail)
            return None
        for fault in document.faults:
            log.warning("sitemap %s: %s", url, fault)
        log.info("sitemap %s: %d pages, %d sitemaps", url, len(document.entries), len(document.children))
        return document

    async def _fetch(self, url: str) -> Page:
        answer = await self._context.fetcher.fetch(url, archive=self._archive)
        assert answer.page is not None  # nothing is known of the address, so all of it comes
        return answer.page

    @staticmethod
    def _read(page: Page) -> SitemapDocument:
        document = parse_sitemap(page.body, url=page.final_url, content_type=page.content_type)
        if document.format != "feed":
            return document
        feed = parse_feed(page.body, url=page.final_url, content_type=page.content_type)
        entries = (
            SitemapEntry(entry.url, entry.updated_at, entry.published_at, entry.title, entry.language)
            for entry in feed.entries
            if entry.url
        )
        return SitemapDocument(document.url, "feed", tuple(entries))

    def _children(self, url: str, links: Iterable[SitemapLink]) -> list[str]:
        wanted = []
        for link in links:
            if not self._speaks_for(url, link.url):
                self._listed.left_out["of another site than their sitemap"] += 1
            elif not self._asked.days.may_have_page(changed_at=link.last_modified):
                self._listed.left_out["sitemaps that did not change since"] += 1
            else:
                wanted.append(link.url)
        return self._fresh(wanted)

    def _take(self, url: str, entries: Iterable[SitemapEntry]) -> None:
        for entry in entries:
            if not self._speaks_for(url, entry.url):
                self._listed.left_out["of another site than their sitemap"] += 1
            elif not self._may_be_of_the_days(entry):
                self._listed.left_out["outside the days asked for"] += 1
            else:
                self._listed.entries.append(
                    Entry(
                        self._feed,
                        entry.url,
                        entry.url,
                        entry.title,
                        published_at=entry.published_at,
                        language=entry.language,
                    )
                )

    def _may_be_of_the_days(self, entry: SitemapEntry) -> bool:
        days = self._asked.days
        if entry.published_at:
            return days.have(entry.published_at)
        return days.may_have_page(changed_at=entry.last_modified) and days.may_have_url(entry.url)

    def _speaks_for(self, sitemap: str, url: str) -> bool:
        try:
            return same_site(url, sitemap) or same_site(url, self._name)
        except FetchError:
            return False

    def _fresh(self, urls: Iterable[str]) -> list[str]:
        fresh = [url for url in dict.fromkeys(urls) if url not in self._known]
        self._known.update(fresh)
        return fresh

    def _fail(self, url: str, reason: Reason, detail: str) -> None:
        self._listed.failures.append(Rejection(url, Stage.POLL, reason, detail, self._feed))
