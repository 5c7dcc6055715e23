"""bytes -> FeedDocument: read RSS, Atom, RDF and JSON Feed as they come, broken ones too.

feedparser reads the XML kinds. It is given bytes, never an address: it would open files and sockets by itself. The
bytes are decoded and mended here first, because its own guess follows RFC 3023, which no publisher does.
Sources: RSS 2.0, RFC 4287 (Atom), RSS 1.0 with its syndication module, JSON Feed 1.1.
"""

from __future__ import annotations

import calendar
import io
import re
from datetime import UTC, datetime
from typing import Any
from xml.sax import SAXParseException

import feedparser
from lxml import etree

from extractors.charset import declared_charsets, decode
from extractors.errors import FeedError
from extractors.feed_text import HEAD_CHARACTERS, first_entries, mend
from extractors.json_feed import looks_like_json, read_json_feed
from extractors.plain_text import normalize, plain_text
from extractors.records import Entry, FeedDocument, Reason
from extractors.timestamp import parse_timestamp
from extractors.web_address import absolute_url

# What feedparser raises on some broken feeds, from the depth of its handlers.
_FEEDPARSER_BUGS = (TypeError, ValueError, LookupError, AttributeError, AssertionError, ArithmeticError, RecursionError)

_HOUR_SECONDS = 3600
_PERIOD_SECONDS = {
    "hourly": _HOUR_SECONDS,
    "daily": 24 * _HOUR_SECONDS,
    "weekly": 7 * 24 * _HOUR_SECONDS,
    "monthly": 30 * 24 * _HOUR_SECONDS,
    "yearly": 365 * 24 * _HOUR_SECONDS,
}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# What may stand before the root and hold tags of its own.
_COMMENT_OR_DOCTYPE = re.compile(r"<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(r"<([A-Za-z_][\w.:-]*)")
_FEED_ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
# The longest headline of 44 real feeds measured has 129 characters; what is far longer is an article, or an attack.
_LONGEST_TITLE = 1_000
_SKIPPED = re.compile(r"<skip(Hours|Days)\s*>(.*?)</skip\1\s*>", re.DOTALL | re.IGNORECASE)
_SKIPPED_ITEM = re.compile(r"<(?:hour|day)\s*>\s*(\w+)\s*<", re.IGNORECASE)


def parse_feed(body: bytes, *, url: str, content_type: str = "") -> FeedDocument:
    """Read a feed.

    Args:
        body: after content decoding, before character decoding.
        url: where it came from; relative addresses in it count from there.
        content_type: the header as sent, or "".

    Raises:
        FeedError: NOT_A_FEED, with what it is instead; EMPTY_BODY.
    """
    text, codec = decode(body, content_type)
    if not text.strip():
        raise FeedError(url, Reason.EMPTY_BODY, f"{len(body)} bytes, no text")
    if looks_like_json(text):
        return read_json_feed(text, url=url)
    faults = _transport_faults(body, content_type, codec)
    text = first_entries(mend(text, faults), faults)
    _refuse_other_kinds(text, url)
    return _read_xml(text, url, faults)


def _transport_faults(body: bytes, content_type: str, codec: str) -> list[str]:
    """What is wrong with how it was sent: a type that is not XML's, an encoding that is not its own."""
    faults = []
    if content_type.lower().startswith(("text/html", "application/json", "application/octet-stream")):
        faults.append(f"served as {content_type.partition(';')[0].strip()}")
    declared = declared_charsets(body, content_type)
    if declared and codec not in declared:
        faults.append(f"declared as {declared[0]}, read as {codec}")
    return faults


def _refuse_other_kinds(text: str, url: str) -> None:
    head = text[:HEAD_CHARACTERS]
    root = _ROOT.search(_COMMENT_OR_DOCTYPE.sub("", head)) if head.lstrip().startswith("<") else None
    name = root[1].rpartition(":")[2].lower() if root else ""
    if name in _FEED_ROOTS:
        return
    if name == "html" or "<!doctype html" in head[:1000].lower():
        detail = "an HTML page"
    elif name == "opml":
        detail = "a feed list (OPML), not a feed"
    elif name:
        detail = f"another kind of document: <{root[1] if root else name}>"
    else:
        detail = "neither XML nor JSON"
    raise FeedError(url, Reason.NOT_A_FEED, detail)


def _read_xml(text: str, url: str, faults: list[str]) -> FeedDocument:
    body = _DECLARATION.sub("", text, count=1).lstrip().encode("utf-8", "replace")
    try:
        parsed = _ask_feedparser(body, url)
    except _FEEDPARSER_BUGS as error:
        parsed = _ask_again(body, url)
        faults.append(f"so broken that feedparser failed ({type(error).__name__})")
    if not parsed["version"] and not parsed["entries"]:
        raise FeedError(url, Reason.NOT_A_FEED, "no feed in it that could be read")
    if parsed["bozo"]:
        faults.append(_describe(parsed["bozo_exception"]))
    channel = parsed["feed"]
    reader = _EntryReader(url, parsed["version"] or "unknown", _names(channel))
    entries = tuple(map(reader.read, parsed["entries"]))
    skipped = _skipped(text[:HEAD_CHARACTERS])
    return FeedDocument(
        url=url,
        title=plain_text(_raw(channel, "title")),
        format=reader.format,
        entries=entries,
        language=_language(_raw(channel, "language")),
        faults=(*faults, *reader.faults()),
        ttl_seconds=_ttl_seconds(channel),
        skip_hours=tuple(sorted({int(hour) % 24 for hour in skipped["hours"] if hour.isdecimal()})),
        skip_days=tuple(sorted({_DAYS.index(day) for day in skipped["days"] if day in _DAYS})),
    )


def _ask_feedparser(body: bytes, url: str) -> dict[str, Any]:
    # Sanitising and resolving inside HTML is work for a browser; here all markup is stripped.
    parsed: dict[str, Any] = feedparser.parse(
        io.BytesIO(body),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    return parsed


def _ask_again(body: bytes, url: str) -> dict[str, Any]:
    """Have libxml2 mend the document first, which leaves out what it cannot make sense of."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    try:
        return _ask_feedparser(etree.tostring(etree.fromstring(body, parser)), url)
    except (*_FEEDPARSER_BUGS, etree.LxmlError) as error:
        raise FeedError(url, Reason.NOT_A_FEED, f"broken beyond reading: {normalize(str(error))[:200]}") from error


def _describe(error: Exception) -> str:
    if isinstance(error, SAXParseException):
        return f"not well-formed, line {error.getLineNumber()}: {error.getMessage()}"
    return normalize(str(error))[:200]


class _EntryReader:
    """Reads the items of one feed, and counts what is wrong with them."""

    def __init__(self, url: str, version: str, feed_authors: tuple[str, ...]) -> None:
        self.url = url
        self.format = version
        self._authors = feed_authors if version.startswith("atom") else ()
        self._without_link = 0
        self._unread_dates = 0
        self._cut_titles = 0

    def read(self, item: dict[str, Any]) -> Entry:
        guid = normalize(_raw(item, "id"))
        link = self._link(item, guid)
        self._without_link += not link
        published, updated = self._moment(item, "published"), self._moment(item, "updated")
        if published is None and not self.format.startswith("atom"):
            # dc:date, the only date of RSS 1.0, is kept by feedparser as the date of an update.
            published = updated
        return Entry(
            feed_url=self.url,
            guid=guid or link,
            url=link,
            title=self._title(item),
            summary=plain_text(_raw(item, "summary")),
            content=plain_text("\n".join(str(part.get("value", "")) for part in dict.get(item, "content", ()))),
            published_at=published,
            updated_at=updated,
            authors=_names(item) or self._authors,
            language=_language(_raw(item, "language")),
        )

    def faults(self) -> list[str]:
        counted = (
            (self._without_link, "entries without a link"),
            (self._unread_dates, "dates that cannot be read"),
            (self._cut_titles, f"titles cut to {_LONGEST_TITLE:,} characters"),
        )
        return [f"{count} {what}" for count, what in counted if count]

    def _title(self, item: dict[str, Any]) -> str:
        title = plain_text(_raw(item, "title"))
        self._cut_titles += len(title) > _LONGEST_TITLE
        return title[:_LONGEST_TITLE].rstrip()

    def _link(self, item: dict[str, Any], guid: str) -> str:
        candidates = (_raw(item, "feedburner_origlink"), _raw(item, "link"), guid)
        for candidate in candidates[: 2 if candidates[1] else 3]:
            if found := absolute_url(candidate, self.url, relative=candidate is not guid):
                return found
        return ""

    def _moment(self, item: dict[str, Any], name: str) -> datetime | None:
        stated = _raw(item, name)
        if not stated:
            return None
        if (moment := parse_timestamp(stated)) is not None:
            return moment.astimezone(UTC)
        parsed = dict.get(item, f"{name}_parsed")
        try:
            if parsed is not None:
                return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
        except (ValueError, OverflowError):
            # feedparser has read a year that no calendar has.
            pass
        self._unread_dates += 1
        return None


def _raw(item: dict[str, Any], name: str) -> str:
    """What stands under a name itself: feedparser's own look-up warns about, and falls back to, other names."""
    return str(dict.get(item, name) or "")


def _names(item: dict[str, Any]) -> tuple[str, ...]:
    people = [_raw(author, "name") or _raw(author, "email") for author in dict.get(item, "authors", ())]
    return tuple(dict.fromkeys(name for person in people if (name := plain_text(person))))


def _language(declared: str) -> str | None:
    code = re.split(r"[-_]", declared.strip().lower(), maxsplit=1)[0]
    return code if len(code) == 2 and code.isalpha() else None


def _ttl_seconds(channel: dict[str, Any]) -> int | None:
    """`ttl`, which is about polling, before the syndication module, which is about how often there is news."""
    if (ttl := _raw(channel, "ttl").strip()).isdecimal() and int(ttl) > 0:
        return int(ttl) * 60
    period = _PERIOD_SECONDS.get(_raw(channel, "sy_updateperiod").strip().lower())
    if period is None:
        return None
    frequency = _raw(channel, "sy_updatefrequency").strip()
    return period // max(int(frequency) if frequency.isdecimal() else 1, 1)


def _skipped(head: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"hours": [], "days": []}
    for kind, items in _SKIPPED.findall(head):
        found[kind.lower()] = [item.lower() for item in _SKIPPED_ITEM.findall(items)]
    return found
