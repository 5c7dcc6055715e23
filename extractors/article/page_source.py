"""Page -> PageSource: parse a page once, and gather what it says of itself in its head.

Everything later reads from here: one decoding, one parse, one walk over the meta elements.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from extractors.article.json_ld import Node, first_string, read_json_ld
from extractors.charset import decode
from extractors.errors import ArticleError
from extractors.plain_text import normalize
from extractors.records import Page, Reason
from extractors.web_address import absolute_url

_HTML_TYPES = (
    "text/html",
    "application/xhtml",
    "text/plain",
    "application/octet-stream",
    "application/xml",
    "text/xml",
)
_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF file (image or sound)"),
    (b"PK\x03\x04", "a ZIP archive or an office file"),
    (b"\x1f\x8b", "gzip data"),
    (b"ID3", "an MP3 file"),
    (b"\xd0\xcf\x11\xe0", "an office file"),
    (b"{", "JSON"),
    (b"[{", "JSON"),
)
_SNIFFED_BYTES = 1024
_HTML_TAG = re.compile(
    rb"<\s*(?:!doctype\s+html|html|head|body|article|main|div|p|meta|title|h1|section)\b", re.IGNORECASE
)
# Characters that no XML tree takes, and the references that stand for them: lxml reads them, and fails on moving them.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NOT_XML_REFERENCE = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])(?!\d)|x0*(?:[0-8bcef]|1[0-9a-f]|d[89a-f][0-9a-f]{2}|fff[ef])(?![0-9a-f]));?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PageSource:
    """A parsed page.

    Args:
        tree: the whole document; readers that change it take a copy.
        meta: contents of meta elements by name, property or itemprop in lower case, in the order of the page.
        json_ld: the nodes about the article, the best first.
        markup: what the tree was parsed from, in UTF-8.
    """

    page: Page
    tree: HtmlElement
    meta: dict[str, tuple[str, ...]]
    json_ld: tuple[Node, ...]
    markup: bytes

    def unspoilt(self) -> PageSource:
        """The same page with its whole tree, after the tree was used up."""
        return replace(self, tree=_parse(self.markup))

    @property
    def url(self) -> str:
        """The address that answered."""
        return self.page.final_url

    def first_meta(self, *names: str) -> str:
        """The first content that is not blank, name by name."""
        for name in names:
            for content in self.meta.get(name, ()):
                if cleaned := normalize(content):
                    return cleaned
        return ""

    def site_name(self) -> str | None:
        """og:site_name, else the publisher that JSON-LD names, else the application's name."""
        publishers = (node["publisher"] for node in self.json_ld if isinstance(node.get("publisher"), dict))
        published_by = next((name for publisher in publishers if (name := first_string((publisher,), "name"))), "")
        return self.first_meta("og:site_name") or normalize(published_by) or self.first_meta("application-name") or None

    def canonical_link(self) -> str | None:
        """rel=canonical, else og:url, as an absolute address."""
        links = (link for link in self.tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split())
        found = next((found for link in links if (found := absolute_url(link.get("href") or "", self.url))), None)
        return found or absolute_url(self.first_meta("og:url"), self.url) or None


def read_source(page: Page) -> PageSource:
    """Parse a page.

    Raises:
        ArticleError: NOT_HTML, or NO_TEXT for an empty body.
    """
    _refuse_other_kinds(page)
    text, _ = decode(page.body, page.content_type)
    markup = _NOT_XML_REFERENCE.sub("", _NOT_XML.sub("", text)).encode()
    try:
        tree = _parse(markup)
    except (etree.ParserError, ValueError) as error:
        raise ArticleError(page.final_url, Reason.NO_TEXT, f"no HTML tree: {error}") from error
    return PageSource(page, tree, _read_meta(tree), read_json_ld(tree), markup)


def _parse(markup: bytes) -> HtmlElement:
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=True)
    return document_fromstring(markup, parser=parser)


def _refuse_other_kinds(page: Page) -> None:
    start = page.body[:_SNIFFED_BYTES].lstrip()
    if not start:
        raise ArticleError(page.final_url, Reason.NO_TEXT, "empty body")
    for magic, kind in _MAGIC:
        if start.startswith(magic):
            raise ArticleError(page.final_url, Reason.NOT_HTML, kind)
    declared = page.content_type.partition(";")[0].strip().lower()
    if declared and not declared.startswith(_HTML_TYPES):
        raise ArticleError(page.final_url, Reason.NOT_HTML, f"served as {declared}")
    if (
        not declared.startswith(("text/html", "application/xhtml"))
        and b"\0" not in start
        and not _HTML_TAG.search(page.body[:20_000])
    ):
        raise ArticleError(page.final_url, Reason.NOT_HTML, "no HTML element in it")


def _read_meta(tree: HtmlElement) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = element.get("content") or ""
        for attribute in ("name", "property", "itemprop"):
            for name in (element.get(attribute) or "").lower().split():
                found.setdefault(name, []).append(content)
    return {name: tuple(contents) for name, contents in found.items()}
