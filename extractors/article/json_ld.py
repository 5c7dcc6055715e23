"""tree -> JSON-LD: what a page says of its article to search engines, however badly it is written.

Sources: schema.org (NewsArticle and its kin); JSON-LD 1.1 for @graph and @type lists.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

Node = dict[str, Any]

_ARTICLE_TYPE = re.compile(r"(?:Article|BlogPosting|Posting|Report|Review)$")
_PAGE_TYPES = frozenset({"WebPage", "ItemPage", "VideoObject", "CreativeWork", "MediaObject"})
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
# What pages wrap JSON in, for browsers of the nineties.
_OPENINGS = ("//", "/*", "*/", "<!--", "<![CDATA[")
_CLOSINGS = ("//", "/*", "*/", "-->", "]]>", ";")
# Live blogs state every entry there and reach several hundred thousand; more than this is no description of a page.
_MAX_CHARACTERS = 2_000_000
_MAX_DEPTH = 8
_STRING_FIELD = r'"{}"\s*:\s*"((?:[^"\\]|\\.)*)"'


def read_json_ld(tree: HtmlElement) -> tuple[Node, ...]:
    """Find the nodes that describe the page's article, the best first; empty when there are none."""
    nodes: list[Node] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            for block in _load(script.text[:_MAX_CHARACTERS]):
                nodes.extend(_flatten(block))
    ranked = [(rank, index) for index, node in enumerate(nodes) if (rank := _rank(node)) is not None]
    return tuple(nodes[index] for _, index in sorted(ranked))


def first_string(nodes: tuple[Node, ...], *names: str) -> str:
    """The first value that is a string and not blank, name by name, node by node."""
    for name in names:
        for node in nodes:
            value = node.get(name)
            if isinstance(value, list) and value:
                value = value[0]
            if isinstance(value, str) and value.strip():
                return html.unescape(value).strip()
    return ""


def types_of(node: Node) -> tuple[str, ...]:
    """The types of a node, without the address of their vocabulary."""
    stated = node.get("@type")
    listed = stated if isinstance(stated, list) else [stated]
    return tuple(str(name).rpartition("/")[2] for name in listed if name)


def _load(text: str) -> list[Any]:
    cleaned = _unwrap(text)
    for candidate in (cleaned, _TRAILING_COMMA.sub("", cleaned), html.unescape(cleaned)):
        try:
            return [json.loads(candidate, strict=False)]
        except (json.JSONDecodeError, RecursionError):
            continue
    return _load_pieces(cleaned)


def _unwrap(text: str) -> str:
    text = text.strip()
    while opening := next((mark for mark in _OPENINGS if text.startswith(mark)), None):
        text = text.removeprefix(opening).lstrip()
    while closing := next((mark for mark in _CLOSINGS if text.endswith(mark)), None):
        text = text.removesuffix(closing).rstrip()
    return text


def _load_pieces(text: str) -> list[Any]:
    """Read what can be read of broken JSON: single fields of an article, as strings."""
    node = {}
    for name in ("@type", "headline", "datePublished", "dateCreated", "dateModified", "inLanguage"):
        found = re.search(_STRING_FIELD.format(re.escape(name)), text)
        if found and (name != "@type" or _ARTICLE_TYPE.search(found[1])):
            node[name] = found[1].replace('\\"', '"').replace("\\/", "/")
    if not {"headline", "datePublished"} & node.keys():
        return []
    return [{"@type": "Article", **node}]


def _flatten(block: Any, depth: int = 0) -> Iterator[Node]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(block, list):
        for part in block:
            yield from _flatten(part, depth + 1)
    elif isinstance(block, dict):
        yield block
        for name in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "hasPart"):
            if name in block and isinstance(block[name], dict | list):
                yield from _flatten(block[name], depth + 1)


def _rank(node: Node) -> int | None:
    """0 for an article with headline and date, 1 for a lesser one, 2 for a page; None for anything else."""
    types = types_of(node)
    if any(_ARTICLE_TYPE.search(name) for name in types):
        return 0 if node.get("headline") and node.get("datePublished") else 1
    return 2 if _PAGE_TYPES & set(types) else None
