"""Markup or text -> plain text: one clean form, NFC, without what cannot be seen.

A leaf. Normalising twice changes nothing.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, fromstring

# Control characters, zero-width characters, soft hyphens, marks of direction, byte-order marks, private use.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\ue000-\uf8ff]"
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--|<!\[CDATA\[")
_BLOCKS = frozenset({"p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "blockquote"})
_UNREAD = ("script", "style", "template", "noscript", "iframe", "object", "svg")


def normalize(text: str) -> str:
    """One line: NFC, single spaces, nothing invisible."""
    line = " ".join(text.split())
    # Three pieces of four on a page are plain ASCII, and cost a tenth this way.
    if line.isascii() and line.isprintable():
        return line
    return unicodedata.normalize("NFC", " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split()))


def plain_text(markup: str) -> str:
    """Strip tags and resolve entities of a title, a summary or a piece of content; one line.

    Text in which no tag stands is left alone but for its entities: "5 < 6" is not markup.
    """
    if not _TAG.search(markup):
        return normalize(html.unescape(markup) if "&" in markup else markup)
    try:
        tree = fromstring(
            f"<div>{_INVISIBLE.sub('', markup)}</div>", parser=HTMLParser(remove_comments=True, remove_pis=True)
        )
    except (etree.ParserError, ValueError):
        return ""
    etree.strip_elements(tree, *_UNREAD, with_tail=False)
    return normalize("".join(_pieces(tree)))


def _pieces(tree: HtmlElement) -> Iterator[str]:
    """The text in its order, with a space wherever a block begins or ends."""
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if element.tag in _BLOCKS:
            yield " "
        yield (element.text if event == "start" else element.tail) or ""
