"""PageSource -> authors: the names in the byline, in its order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.article.json_ld import Node
from extractors.article.page_source import PageSource
from extractors.plain_text import plain_text

_META_NAMES = (
    "author",
    "article:author",
    "byl",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "cxenseparse:author",
)
_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:by-?line|author(?:-?names?)?|authors|auteur|autor|firma)(?:$|[\s_-])", re.IGNORECASE
)
_LEADING = re.compile(
    r"^(?:(?:written|story|report(?:ed|ing)?|text[eo]?|publi[ée]|escrito|redacci[óo]n)\s+)?(?:by|por|par|von|da|door|pa|na)\b:?\s+|^(?:author|auteur|autora?)\s*:\s*",
    re.IGNORECASE,
)
_JOINING = re.compile(r"\s*[,;|•]\s*|\s/\s|\s+(?:and|et|y|und|e|en|ak|na|&)\s+", re.IGNORECASE)
_TRAILING = re.compile(r"(?:\s*\(.*\)|\s+[-–—]\s.*|\s*\S+@\S+)$", re.IGNORECASE)
_NO_NAME = re.compile(
    r"https?:|www\.|@|\d{3}|\d:\d|[()]|^(?:[a-z0-9]+-[a-z0-9-]+|admin|administrator|staff|editor|webmaster|unknown|null|none|false|true|guest)$",
    re.IGNORECASE,
)
# Longer "names" are sentences.
_MAX_WORDS = 7
_MAX_BYLINE_CHARACTERS = 120
_MAX_STATED_CHARACTERS = 500


def find_authors(source: PageSource) -> tuple[str, ...]:
    """JSON-LD, else meta, else the byline; the first of them that names anybody."""
    for names in (_in_json_ld(source), _in_meta(source), _in_byline(source)):
        found = tuple(dict.fromkeys(name for text in names for name in _split(text)))
        if found:
            return found
    return ()


def _in_json_ld(source: PageSource) -> Iterator[str]:
    for node in source.json_ld:
        stated = node.get("author") or node.get("creator")
        for person in stated if isinstance(stated, list) else [stated]:
            yield from _person(person)


def _person(person: object) -> Iterator[str]:
    if isinstance(person, str):
        yield person
    elif isinstance(person, dict):
        node: Node = person
        names = node.get("name")
        yield from (name for name in (names if isinstance(names, list) else [names]) if isinstance(name, str))


def _in_meta(source: PageSource) -> Iterator[str]:
    for name in _META_NAMES:
        yield from source.meta.get(name, ())


def _in_byline(source: PageSource) -> Iterator[str]:
    for element in source.tree.iter("a", "span", "p", "div", "address"):
        names = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
        if "author" in (element.get("rel") or "").split() or (names != " " and _BYLINE.search(names)):
            text = plain_text(" ".join(element.itertext()))
            if 0 < len(text) <= _MAX_BYLINE_CHARACTERS:
                yield text
                return


def _split(text: str) -> Iterator[str]:
    byline = _LEADING.sub("", plain_text(text[:_MAX_STATED_CHARACTERS]))
    if "://" in byline:
        return
    for part in _JOINING.split(byline):
        name = _TRAILING.sub("", _LEADING.sub("", part)).strip(" .,:")
        if name and not _NO_NAME.search(name) and len(name.split()) <= _MAX_WORDS:
            yield name.title() if name.isupper() and len(name) > 5 and " " in name else name
