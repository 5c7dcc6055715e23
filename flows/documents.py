"""Files -> JSON Lines: what `missionwire extract` and `clean` print. No warehouse is touched, no host asked."""

from __future__ import annotations

import dataclasses
import gzip
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from extractors.article import clean_page
from extractors.errors import ArticleError, MissionwireError
from extractors.language import detect_language
from extractors.records import Article, Claim, Document, Page, SpanList

_HTML = (".html", ".htm", ".html.gz", ".htm.gz")


class DocumentError(MissionwireError):
    """A file given on the command line is no document; says which, and what would be right."""


def read_document(file: Path, *, published: date | None, title: str, urls: Mapping[str, str]) -> Document:
    """Read a .txt, .json or .html(.gz) file.

    Args:
        published, title: for a .txt file, which says neither; `published` also for a .html file that states no date.
        urls: where .html files came from, by file name.

    Raises:
        DocumentError: it cannot be read as what its name says.
    """
    if file.name.endswith(_HTML):
        article = read_article(file, urls=urls)
        day = article.published_on or published
        return Document(_stem(file), article.title, article.text, article.language or "", day)
    text = _decode(file, _read(file))
    if file.suffix == ".json":
        return _from_json(file, text)
    if file.suffix == ".txt":
        return Document(_stem(file), title, text, detect_language(text) or "", published)
    raise DocumentError(f"{file}: unknown kind of document; right would be .txt, .json, .html or .html.gz")


def read_article(file: Path, *, urls: Mapping[str, str]) -> Article:
    """Clean a .html or .html.gz file as a page that was just fetched.

    Raises:
        DocumentError: it cannot be read, or holds no article.
    """
    if not file.name.endswith(_HTML):
        raise DocumentError(f"{file}: not an HTML file; right would be .html or .html.gz")
    url = urls.get(file.name) or file.resolve().as_uri()
    page = Page(url, url, 200, "", _read(file), datetime.now(UTC))
    try:
        article = clean_page(page)
    except ArticleError as error:
        raise DocumentError(f"{file}: {error.reason} ({error.detail})") from error
    return dataclasses.replace(article, language=detect_language(article.text, declared=article.language))


def article_line(file: Path, article: Article) -> str:
    """One line of `missionwire clean`."""
    return _json(
        {
            "document": _stem(file),
            "url": article.url,
            "title": article.title,
            "authors": article.authors,
            "published": article.published_at,
            "published_basis": article.published_basis,
            "published_conflict": article.published_conflict,
            "canonical_link": article.canonical_link,
            "language": article.language,
            "text": article.text,
        }
    )


def claim_lines(claims: Iterable[Claim]) -> Iterator[str]:
    """The lines of `missionwire extract` for the claims of a document."""
    return (_json(claim_row(claim)) for claim in claims)


def claim_row(claim: Claim) -> dict[str, Any]:
    """A claim by the names of its columns; a slot with one span has that span, one with several a list of them."""
    row = {field.name: getattr(claim, field.name) for field in dataclasses.fields(claim)}
    return {**row, "spans": {slot: _span(spans) for slot, spans in claim.spans.items()}}


def read_urls(file: Path | None) -> dict[str, str]:
    """File name -> URL, from JSON Lines with `file` and `url`.

    Raises:
        DocumentError: a line is no such object.
    """
    if file is None:
        return {}
    urls = {}
    for number, line in enumerate(_decode(file, _read(file)).splitlines(), 1):
        try:
            if line.strip():
                row = json.loads(line)
                urls[str(row["file"])] = str(row["url"])
        except (ValueError, KeyError, TypeError) as error:
            raise DocumentError(
                f'{file}:{number}: {error!r}; right would be {{"file": "a.html", "url": "https://..."}}'
            ) from error
    return urls


def _from_json(file: Path, text: str) -> Document:
    try:
        stored = json.loads(text)
        published = stored.get("published")
        language = (stored.get("lang") or detect_language(stored["text"]) or "").split("-")[0].lower()
        day = date.fromisoformat(published[:10]) if published else None
        texts = {"id": str(stored["id"]), "title": stored.get("title") or "", "text": stored["text"]}
        for value in texts.values():
            # A lone surrogate is no character: it cannot be printed, nor be found again.
            value.encode("utf-8")
        return Document(**texts, language=language, published_on=day)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DocumentError(
            f'{file}: {type(error).__name__}: {error}; right would be {{"id", "title", "text", "published", "lang"}}'
        ) from error


def _read(file: Path) -> bytes:
    try:
        content = file.read_bytes()
        return gzip.decompress(content) if file.suffix == ".gz" else content
    except (OSError, EOFError, zlib.error) as error:
        raise DocumentError(f"{file}: {(isinstance(error, OSError) and error.strerror) or error}") from error


def _decode(file: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(f"{file}: byte {error.start} is not UTF-8; right would be a text in UTF-8") from error


def _stem(file: Path) -> str:
    """The name without its ending; other dots are part of it, as in 2024.06.25.txt."""
    ending = next((ending for ending in _HTML if file.name.endswith(ending)), file.suffix)
    return file.name.removesuffix(ending)


def _span(spans: SpanList) -> SpanList | tuple[int, int]:
    return spans[0] if len(spans) == 1 else spans


def _json(row: Mapping[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, default=_as_text)


def _as_text(value: object) -> str:
    if isinstance(value, date):  # a datetime is a date too
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in a line of JSON")
