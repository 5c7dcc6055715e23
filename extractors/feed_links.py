"""Page -> addresses of feeds: what a site names in its head, else what lies where content systems put feeds.

Source: the HTML standard's rel=alternate; WordPress, Drupal, SPIP, Ghost and Hugo for the usual paths.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from extractors.charset import decode

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
# In the order of how often they are right.
_USUAL_PATHS = ("/feed/", "/rss.xml", "/feed.xml", "/index.xml", "/atom.xml", "/rss", "/spip.php?page=backend")
# A feed of comments is named beside every WordPress site's own.
_COMMENTS = ("comment", "commentaire", "comentario")


@dataclass(frozen=True, slots=True)
class FeedLink:
    """One feed that a page names; `title` is the page's own name for it."""

    url: str
    title: str


def find_feed_links(body: bytes, url: str, content_type: str = "") -> tuple[FeedLink, ...]:
    """The feeds that a page names, those of comments last; () where it names none or is no HTML."""
    text, _ = decode(body, content_type)
    if not text.strip():
        return ()
    try:
        tree = document_fromstring(text.encode("utf-8", "replace"), parser=HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError):
        return ()
    base = urljoin(url, next(iter(tree.xpath("//base/@href")), ""))
    found: dict[str, FeedLink] = {}
    for link in tree.iter("link"):
        rels = (link.get("rel") or "").lower().split()
        kind = (link.get("type") or "").split(";")[0].strip().lower()
        if "alternate" in rels and kind in _FEED_TYPES and (link.get("href") or "").strip():
            address = urljoin(base, link.get("href").strip())
            found.setdefault(address, FeedLink(address, " ".join((link.get("title") or "").split())))
    return tuple(sorted(found.values(), key=_is_of_comments))


def usual_feed_addresses(url: str) -> tuple[str, ...]:
    """Where a site's feed may lie when no page of it says so."""
    return tuple(urljoin(url, path) for path in _USUAL_PATHS)


def _is_of_comments(link: FeedLink) -> bool:
    return any(word in f"{link.url} {link.title}".lower() for word in _COMMENTS)
