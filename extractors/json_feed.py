"""text -> FeedDocument: read JSON Feed 1 and 1.1, a cut one up to where it ends.

Source: https://www.jsonfeed.org/version/1.1/
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

from extractors.errors import FeedError
from extractors.plain_text import normalize, plain_text
from extractors.records import Entry, FeedDocument, Reason
from extractors.timestamp import parse_timestamp
from extractors.web_address import absolute_url

_ITEMS = re.compile(r'"items"\s*:\s*\[')
_SEPARATOR = re.compile(r"[\s,]*")


def looks_like_json(text: str) -> bool:
    """Tell JSON from XML by its first character."""
    return text.lstrip()[:1] in {"{", "["}


def read_json_feed(text: str, *, url: str) -> FeedDocument:
    """Read a JSON Feed.

    Raises:
        FeedError: NOT_A_FEED, when it is not JSON, or JSON of another kind.
    """
    document, faults = _load(text, url)
    if isinstance(document, dict) and "rss" in document:
        raise FeedError(url, Reason.NOT_A_FEED, "RSS written as JSON, which is no JSON Feed")
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        raise FeedError(url, Reason.NOT_A_FEED, "JSON, but not a JSON Feed: it has no list of items")
    if "jsonfeed.org/" not in str(document.get("version", "")):
        if not all(isinstance(item, dict) and "id" in item for item in document["items"]):
            raise FeedError(url, Reason.NOT_A_FEED, "JSON, but not a JSON Feed: it states no version")
        faults.append("states no version")
    entries = tuple(_entry(item, document, url) for item in document["items"] if isinstance(item, dict))
    if missing := sum(not entry.url for entry in entries):
        faults.append(f"{missing} entries without a link")
    return FeedDocument(
        url=url,
        title=plain_text(_text(document, "title")),
        format="json",
        entries=entries,
        language=_language(_text(document, "language")),
        faults=tuple(faults),
    )


def _load(text: str, url: str) -> tuple[Any, list[str]]:
    try:
        return json.loads(text, strict=False), []
    except (json.JSONDecodeError, RecursionError) as error:
        rescued = _load_cut(text)
        if rescued is None:
            raise FeedError(url, Reason.NOT_A_FEED, f"broken JSON: {error}") from error
        return rescued, [f"broken JSON: {error}; {len(rescued['items'])} entries could be read"]


def _load_cut(text: str) -> dict[str, Any] | None:
    """Read the items one by one up to the damage, and the head by itself."""
    start = _ITEMS.search(text)
    if start is None or "jsonfeed.org/" not in text:
        return None
    decoder = json.JSONDecoder(strict=False)
    items: list[Any] = []
    position = start.end()
    while True:
        position = _SEPARATOR.match(text, position).end()  # type: ignore[union-attr]
        try:
            item, position = decoder.raw_decode(text, position)
        except (json.JSONDecodeError, RecursionError):
            break
        items.append(item)
    try:
        head = json.loads(text[: start.start()].rstrip().rstrip(",") + "}", strict=False)
    except json.JSONDecodeError:
        head = {}
    return {"version": "https://jsonfeed.org/", **head, "items": items} if items else None


def _entry(item: dict[str, Any], feed: dict[str, Any], url: str) -> Entry:
    guid = normalize(_text(item, "id"))
    link = (
        absolute_url(_text(item, "url"), url)
        or absolute_url(_text(item, "external_url"), url)
        or absolute_url(guid, url, relative=False)
    )
    content = _text(item, "content_html") or _text(item, "content_text")
    return Entry(
        feed_url=url,
        guid=guid or link,
        url=link,
        title=plain_text(_text(item, "title")),
        summary=plain_text(_text(item, "summary")),
        content=plain_text(content) if "content_html" in item else normalize(content),
        published_at=_moment(item, "date_published"),
        updated_at=_moment(item, "date_modified"),
        authors=_authors(item) or _authors(feed),
        language=_language(_text(item, "language")),
    )


def _text(item: dict[str, Any], name: str) -> str:
    value = item.get(name)
    # JSON can escape half of a surrogate pair, which is no character.
    return str(value).encode("utf-8", "replace").decode() if isinstance(value, str | int | float) else ""


def _moment(item: dict[str, Any], name: str) -> datetime | None:
    moment = parse_timestamp(_text(item, name))
    return moment.astimezone(UTC) if moment else None


def _authors(item: dict[str, Any]) -> tuple[str, ...]:
    """`authors` of version 1.1, or `author` of version 1."""
    people = item.get("authors") or [item.get("author")]
    found = [person for person in (people if isinstance(people, list) else []) if isinstance(person, dict)]
    return tuple(dict.fromkeys(name for person in found if (name := plain_text(_text(person, "name")))))


def _language(declared: str) -> str | None:
    code = re.split(r"[-_]", declared.strip().lower(), maxsplit=1)[0]
    return code if len(code) == 2 and code.isalpha() else None
