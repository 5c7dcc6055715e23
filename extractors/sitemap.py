"""bytes -> SitemapDocument: the pages that a site lists for search engines, and the further lists that it names.

Reads urlset, sitemapindex, Google's news extension and plain text, packed or not, and mends what can be mended. Which
of the addresses may be believed and asked is not decided here.
Source: https://www.sitemaps.org/protocol.html; Google's news extension, sitemap-news/0.9.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from lxml import etree

from extractors.charset import decode
from extractors.errors import FeedError
from extractors.records import Reason
from extractors.timestamp import parse_timestamp
from extractors.web_address import absolute_url

# The protocol's own bounds, bytes counted after unpacking.
MOST_URLS = 50_000
MOST_BYTES = 50 * 1024 * 1024
_GZIP = b"\x1f\x8b"
_FEEDS = {"rss", "feed", "RDF"}
# The commonest fault of sitemaps: a query string as it stands in the address bar. In CDATA it is right.
_BARE_AMPERSAND = re.compile(r"(?P<kept><!\[CDATA\[.*?\]\]>)|&(?!(?:#\d+|#[xX][0-9A-Fa-f]+|\w+);)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """One page as a sitemap states it.

    Args:
        last_modified: the page's last change; it says nothing of when the page was published, save not later.
        published_at, title, language: of the news extension; None and "" where it is not used.
    """

    url: str
    last_modified: datetime | None = None
    published_at: datetime | None = None
    title: str = ""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class SitemapLink:
    """A further sitemap that an index names, and when anything in it changed last."""

    url: str
    last_modified: datetime | None = None


@dataclass(frozen=True, slots=True)
class SitemapDocument:
    """A parsed sitemap.

    Args:
        format: "feed" is an RSS or Atom feed, which may stand for a sitemap; its entries are the feed parser's.
        faults: what was wrong with it and could be mended, one phrase each.
    """

    url: str
    format: Literal["urlset", "index", "text", "feed"]
    entries: tuple[SitemapEntry, ...] = ()
    children: tuple[SitemapLink, ...] = ()
    faults: tuple[str, ...] = ()


@dataclass(slots=True)
class _Found:
    root: str = ""
    entries: list[SitemapEntry] = field(default_factory=list)
    children: list[SitemapLink] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        return len(self.entries) + len(self.children) >= MOST_URLS


def parse_sitemap(body: bytes, *, url: str, content_type: str = "") -> SitemapDocument:
    """Read a sitemap.

    Args:
        url: where it was found; relative links count from it.
        content_type: the header, for its charset; or "".

    Raises:
        FeedError: EMPTY_BODY, TOO_LARGE, or NOT_A_FEED when the bytes are no sitemap.
    """
    plain, faults = _unpack(body, url)
    text, _ = decode(plain, content_type)
    text = text.lstrip("\ufeff \t\r\n")
    if not text:
        raise FeedError(url, Reason.EMPTY_BODY, "the sitemap has no bytes")
    found = _read_xml(text, url) if text.startswith("<") else _read_lines(text, url)
    found.faults = [*faults, *found.faults]
    if found.is_full:
        found.faults.append(f"more than {MOST_URLS:,} addresses; the rest was not read")
    return _document(found, url)


def _document(found: _Found, url: str) -> SitemapDocument:
    kind: Literal["urlset", "index", "text", "feed"]
    if found.root in _FEEDS:
        kind = "feed"
    elif found.root == "":
        kind = "text"
    elif found.entries or found.children or found.root in ("urlset", "sitemapindex"):
        kind = "index" if found.root == "sitemapindex" else "urlset"
    else:
        raise FeedError(url, Reason.NOT_A_FEED, f"a <{found.root[:40]}> document, not a sitemap")
    return SitemapDocument(url, kind, tuple(found.entries), tuple(found.children), tuple(found.faults))


def _unpack(body: bytes, url: str) -> tuple[bytes, list[str]]:
    """The bytes behind gzip, as far as the protocol's bound; a file that was cut short is read as far as it goes."""
    faults: list[str] = []
    if body.startswith(_GZIP):
        inflater = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        packed = io.BytesIO(body)
        plain = io.BytesIO()
        try:
            while not inflater.eof and plain.tell() <= MOST_BYTES and (chunk := packed.read(65536)):
                plain.write(inflater.decompress(chunk, MOST_BYTES + 1))
        except zlib.error as error:
            faults.append(f"gzip broke off: {error}")
        else:
            faults += [] if inflater.eof else ["gzip broke off before its end"]
        body = plain.getvalue()
    if len(body) > MOST_BYTES:
        raise FeedError(url, Reason.TOO_LARGE, f"more than {MOST_BYTES:,} bytes, which the protocol does not allow")
    return body, faults


def _read_xml(text: str, url: str) -> _Found:
    """Elements as they end, so that 50 MB never stand in memory as a tree. Entities are not followed."""
    found = _Found()
    reader = etree.iterparse(
        io.BytesIO(_BARE_AMPERSAND.sub(lambda found: found["kept"] or "&amp;", text).encode("utf-8", "replace")),
        events=("start", "end"),
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for event, element in reader:
            if event == "start":
                found.root = found.root or _name(element)
                if found.root in _FEEDS:
                    break
            elif _name(element) in ("url", "sitemap"):
                _add(found, element, url)
                element.clear()
                if found.is_full:
                    break
    except etree.LxmlError as error:
        found.faults.append(f"wrong XML: {error}")
    if not found.root:
        raise FeedError(url, Reason.NOT_A_FEED, "markup that cannot be read")
    if reader.error_log and not found.faults:
        found.faults.append(f"wrong XML: {reader.error_log[0].message}")
    return found


def _add(found: _Found, element: etree._Element, url: str) -> None:
    texts = {_name(child): _text(child) for child in reversed(element) if isinstance(child.tag, str)}
    address = absolute_url(texts.get("loc", ""), url)
    if not address:
        found.faults.append(f"an address that is none: {texts.get('loc', '')[:100]!r}")
    elif _name(element) == "sitemap":
        found.children.append(SitemapLink(address, _moment(texts.get("lastmod", ""))))
    else:
        found.entries.append(_entry(element, address, texts.get("lastmod", "")))


def _entry(element: etree._Element, address: str, last_modified: str) -> SitemapEntry:
    news = next((child for child in element if _name(child) == "news"), None)
    told = {} if news is None else {_name(each): _text(each) for each in reversed(list(news.iter()))}
    language = told.get("language", "").lower().replace("_", "-").split("-")[0]
    return SitemapEntry(
        address,
        _moment(last_modified),
        _moment(told.get("publication_date", "")),
        told.get("title", ""),
        language if len(language) in (2, 3) and language.isalpha() else None,
    )


def _read_lines(text: str, url: str) -> _Found:
    found = _Found()
    for line in _lines(text):
        address = absolute_url(line, url, relative=False)
        if not address:
            raise FeedError(url, Reason.NOT_A_FEED, f"neither XML nor a list of addresses: {line[:60]!r}")
        found.entries.append(SitemapEntry(address))
        if found.is_full:
            break
    return found


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.splitlines() if line.strip())


def _name(element: etree._Element) -> str:
    """The name without its namespace, or without a prefix that nobody declared; "" of a comment."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def _text(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split()) if isinstance(element.tag, str) else ""


def _moment(text: str) -> datetime | None:
    moment = parse_timestamp(text) if text else None
    return moment.astimezone(UTC) if moment else None
