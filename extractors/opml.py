"""OPML <-> Feeds: the list that every other feed reader reads and writes.

Source: OPML 2.0, http://opml.org/spec2.opml. Country and language, which it has no words for, go into attributes of our
own names, as other readers do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from lxml import etree

from extractors.errors import MissionwireError
from extractors.records import Feed

_EXAMPLE = '<opml version="2.0"><body><outline type="rss" text="News" xmlUrl="https://..."/></body></opml>'


class OpmlError(MissionwireError):
    """A file is no OPML; says why, and what would be right."""


def read_opml(content: bytes, name: str) -> tuple[Feed, ...]:
    """The feeds of a list, folders flattened, each address once, in order.

    Args:
        name: of the file, for errors.

    Raises:
        OpmlError: it is no OPML, or names no feed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise OpmlError(f"{name}: {error}; right would be {_EXAMPLE}") from error
    if root.tag != "opml":
        raise OpmlError(f"{name}: a <{root.tag}> document; right would be {_EXAMPLE}")
    feeds = {feed.url: feed for feed in _read_outlines(root, name)}
    if not feeds:
        raise OpmlError(f"{name}: no outline has an xmlUrl; right would be {_EXAMPLE}")
    return tuple(feeds.values())


def _read_outlines(root: etree._Element, name: str) -> Iterator[Feed]:
    for outline in root.iter("outline"):
        url = (outline.get("xmlUrl") or "").strip()
        if not url:
            continue
        if urlsplit(url).scheme not in ("http", "https"):
            raise OpmlError(f"{name}:{outline.sourceline}: xmlUrl {url!r} is no http(s) address")
        yield Feed(
            url=url,
            outlet=outline.get("title") or outline.get("text") or None,
            country=outline.get("country") or None,
            language=outline.get("language") or None,
            fetch="all" if outline.get("fetch") == "all" else "matching",
            is_paused=outline.get("paused") == "true",
        )


def write_opml(feeds: Sequence[Feed]) -> bytes:
    """A list that any feed reader takes."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "missionwire"
    body = etree.SubElement(root, "body")
    for feed in feeds:
        name = feed.outlet or feed.url
        own = {
            "country": feed.country,
            "language": feed.language,
            "fetch": feed.fetch if feed.fetch == "all" else None,
            "paused": "true" if feed.is_paused else None,
        }
        given = {key: value for key, value in own.items() if value}
        etree.SubElement(body, "outline", {"type": "rss", "text": name, "title": name, "xmlUrl": feed.url, **given})
    content: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return content
