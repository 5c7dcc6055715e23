"""PageSource -> StatedDates: every date a page states of its own publication, and which one to believe.

They are kept side by side in the order of trust: feed, JSON-LD, meta, URL, text. A date is absurd, and passed over,
when it lies more than a day after the page was fetched, or before news was on the web.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

import htmldate

from extractors.article.json_ld import first_string
from extractors.article.page_dates import marked_date, printed_date
from extractors.article.page_source import PageSource
from extractors.records import Basis, StatedDate
from extractors.timestamp import parse_timestamp

# A day of grace for clocks and for local dates that are ahead of UTC.
_FUTURE_GRACE = timedelta(days=1)
_FIRST_YEAR = 1995
_CONFLICT = timedelta(days=2)

_META_NAMES = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time", "datepublished",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "article.published",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "dc.created",
    "pubdate", "publishdate", "publish_date", "publish-date", "publication_date", "publicationdate", "ptime",
    "article_date_original", "article.created", "og:pubdate", "date_published", "published_time", "published-date",
    "rnews:datepublished", "citation_date", "citation_publication_date", "bt:pubdate", "originalpublicationdate",
    "datecreated", "date", "created",
)  # fmt: skip
_URL_DAY = re.compile(r"[/._-](?P<year>(?:19|20)\d{2})[/_-]?(?P<month>[01]?\d)[/_-]?(?P<day>[0-3]?\d)(?=[/._-]|$)")


@dataclass(frozen=True, slots=True)
class PublicationDate:
    """What is believed, and what is stated."""

    at: datetime | None
    on: date | None
    basis: Basis
    has_conflict: bool
    stated: tuple[StatedDate, ...]


def find_publication_date(
    source: PageSource, feed_date: datetime | None, titles: tuple[str, ...] = ()
) -> PublicationDate:
    """Choose the first stated date that is not absurd.

    Args:
        titles: of the page, one of which stands over a date that is printed only.
    """
    latest = source.page.fetched_at + _FUTURE_GRACE
    found = [
        (basis, moment, text)
        for basis, moment, text in _stated(source, feed_date, latest, titles)
        if moment.year >= _FIRST_YEAR and moment <= latest
    ]
    stated = tuple(StatedDate(basis, moment.astimezone(UTC), text) for basis, moment, text in found)
    if not found:
        return PublicationDate(None, None, "none", has_conflict=False, stated=())
    moments = [date.at for date in stated]
    return PublicationDate(
        at=stated[0].at,
        on=found[0][1].astimezone(_outlet_zone(found)).date(),
        basis=stated[0].basis,
        has_conflict=max(moments) - min(moments) > _CONFLICT,
        stated=stated,
    )


def _outlet_zone(found: list[tuple[Basis, datetime, str]]) -> tzinfo | None:
    """The offset the believed date states; a feed's date comes in UTC, and borrows the offset that the page states."""
    basis, believed, _ = found[0]
    if basis == "feed" and not believed.utcoffset():
        for _, moment, _ in found[1:]:
            if moment.utcoffset() and abs(moment - believed) <= _CONFLICT:
                return moment.tzinfo
    return believed.tzinfo


def _stated(
    source: PageSource, feed_date: datetime | None, latest: datetime, titles: tuple[str, ...]
) -> Iterator[tuple[Basis, datetime, str]]:
    found_any = False
    if feed_date is not None:
        found_any = True
        yield "feed", feed_date, feed_date.isoformat()
    readers: tuple[tuple[Basis, str], ...] = (
        ("json_ld", first_string(source.json_ld, "datePublished", "dateCreated", "uploadDate")),
        ("meta", _meta_date(source)),
        ("url", _url_date(source.url)),
    )
    for basis, text in readers:
        moment = parse_timestamp(text) if text else None
        if moment is not None:
            found_any = True
            yield basis, moment, text
    if not found_any and (text := _text_date(source, latest, titles)):
        moment = parse_timestamp(text)
        if moment is not None:
            yield "text", moment, text


def _meta_date(source: PageSource) -> str:
    for name in _META_NAMES:
        for content in source.meta.get(name, ()):
            if content and parse_timestamp(content) is not None:
                return content
    return marked_date(source)


def _url_date(url: str) -> str:
    found = _URL_DAY.search(url)
    return f"{found['year']}-{found['month']}-{found['day']}" if found else ""


def _text_date(source: PageSource, latest: datetime, titles: tuple[str, ...]) -> str:
    if printed := printed_date(source, titles):
        return printed
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    found = htmldate.find_date(
        source.tree, original_date=True, extensive_search=False, max_date=latest.date().isoformat()
    )
    return str(found or "")
