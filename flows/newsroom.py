"""Sample newsroom -> HTTP: read a folder of outlets, stories and staged mishaps, and serve it on loopback.

It serves the demo, the tests and the benchmark, and listens on nothing but a loopback address. The Host header picks
the site, so URLs are the same whatever the port. seeds/sample/README.md describes the folder.
"""

from __future__ import annotations

import gzip
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Any, NamedTuple, Self
from urllib.parse import urlsplit

from extractors.errors import SeedError
from extractors.records import Reason, Rejection, Stage
from flows.newsroom_pages import Answer, Outlet, Story, StoryFeed, feed_answer, page_answer, render_feed, render_page

__all__ = ["Answer", "Expected", "Newsroom", "NewsroomServer", "Outlet", "Request", "Staged", "Story", "StoryFeed"]
__all__ += ["read_newsroom", "render_feed", "render_page"]

Site = dict[tuple[str, str], Answer]
_ROBOTS = Answer(200, "text/plain; charset=utf-8", b"User-agent: *\nAllow: /\n")
_UNKNOWN = Answer(404, body=b"<!DOCTYPE html><title>404</title><p>Nothing here.</p>")


@dataclass(frozen=True, slots=True)
class Expected:
    """What one run over all feeds must come to; articles include the copies."""

    articles: int
    exact_copies: int
    cut_copies: int
    edited: int


@dataclass(frozen=True, slots=True)
class Staged:
    """A URL that is not to become an article.

    Args:
        answer: what the server says instead of a page; None where the page is in order.
        entry: what a feed says of the page, where it names it.
        outlet: the outlet of a staged feed, as (name, country, language).
    """

    rejection: Rejection
    answer: Answer | None = None
    entry: Story | None = None
    outlet: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Newsroom:
    """All that is published, in both editions.

    Args:
        articles: as first published.
        edits: the stories that read differently in edition 2, under the same address.
    """

    outlets: tuple[Outlet, ...]
    articles: tuple[Story, ...]
    edits: tuple[Story, ...] = ()
    staged: tuple[Staged, ...] = ()
    expected: Expected = Expected(articles=0, exact_copies=0, cut_copies=0, edited=0)

    @property
    def hosts(self) -> tuple[str, ...]:
        """All host names, in a stable order."""
        staged = {urlsplit(each.rejection.url).hostname or "" for each in self.staged}
        return tuple(sorted({outlet.host for outlet in self.outlets} | staged))

    @property
    def rejections(self) -> tuple[Rejection, ...]:
        """What a run must give up: URL, stage and reason of each."""
        return tuple(each.rejection for each in self.staged)

    def articles_of(self, outlet: Outlet, edition: int = 1) -> tuple[Story, ...]:
        """An outlet's stories as they read in an edition."""
        edits = {story.url: story for story in self.edits} if edition > 1 else {}
        return tuple(edits.get(story.url, story) for story in self.articles if story.outlet == outlet.host)


def read_newsroom(folder: Path) -> Newsroom:
    """Read a newsroom's folder.

    Raises:
        SeedError: a story or the list of outlets cannot be read.
    """
    file = folder / "newsroom.toml"
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        outlets = {each["folder"]: _outlet(folder, each) for each in table["outlet"]}
        staged = tuple(_staged(folder, each) for each in table.get("staged", ()))
        expected = Expected(**table["expected"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SeedError(file, 0, f"{type(error).__name__}: {error}", "seeds/sample/README.md has the format") from error
    sources = {
        f"{name}/{path.stem}": (outlet, path)
        for name, outlet in outlets.items()
        for path in sorted((folder / name).glob("*.txt"))
    }
    stories = {key: _story(outlet, path) for key, (outlet, path) in sources.items()}
    stories = {key: _reprint(story, stories) for key, story in stories.items()}
    first = tuple(story for key, story in stories.items() if not _is_edit(key))
    edits = tuple(story for key, story in stories.items() if _is_edit(key))
    return Newsroom(tuple(outlets.values()), first, edits, staged, expected)


def _outlet(folder: Path, table: Mapping[str, Any]) -> Outlet:
    fields = {name: value for name, value in table.items() if name not in {"folder", "feed"}}
    template = (folder / table["folder"] / "template.html").read_text(encoding="utf-8")
    return Outlet(**fields, template=template, feed=_feed(folder, table["feed"]))


def _feed(folder: Path, table: Mapping[str, Any]) -> StoryFeed:
    fields = {**table, "validators": tuple(table["validators"])}
    if table["format"] != "json":
        files = (folder / "feeds" / f"{table['format']}{part}.xml" for part in ("", "-item"))
        fields["templates"] = tuple(file.read_text(encoding="utf-8") for file in files)
    return StoryFeed(**fields)


def _staged(folder: Path, table: Mapping[str, Any]) -> Staged:
    url, entry = urlsplit(table["url"]), None
    if "title" in table:
        about = {name: table[name] for name in ("title", "summary", "published")}
        entry = Story(outlet=url.netloc, slug=url.path.rsplit("/")[-1], path=url.path, **about)
    return Staged(
        Rejection(table["url"], Stage(table["stage"]), Reason(table["reason"])),
        Answer(table["status"], body=(folder / "staged" / table["file"]).read_bytes()) if "file" in table else None,
        entry,
        (table["outlet"], table["country"], table["language"]) if "outlet" in table else None,
    )


def _is_edit(key: str) -> bool:
    return key.endswith(".edited")


def _story(outlet: Outlet, path: Path) -> Story:
    """Read one story: lines of `name: value`, a blank line, then paragraphs parted by blank lines."""
    head, _, text = path.read_text(encoding="utf-8").partition("\n\n")
    slug = path.stem.removesuffix(".edited")
    try:
        values: dict[str, Any] = dict(line.split(": ", 1) for line in head.splitlines())
        times: dict[str, Any] = {
            name: datetime.fromisoformat(values[name]) for name in ("published", "updated") if name in values
        }
        story_path = outlet.article.format(slug=slug, date=times["published"])
        paragraphs = tuple(paragraph.strip() for paragraph in text.split("\n\n") if paragraph.strip())
        return Story(**(values | times), outlet=outlet.host, slug=slug, path=story_path, paragraphs=paragraphs)
    except (ValueError, KeyError, TypeError) as error:
        raise SeedError(
            path, 1, f"{type(error).__name__}: {error}", "Write title, summary, published, ... as 'name: value'"
        ) from error


def _reprint(story: Story, stories: Mapping[str, Story]) -> Story:
    """Fill a copy with the original's text: "outlet/slug", or "outlet/slug first 4" for its first four paragraphs."""
    if story.copy_of is None:
        return story
    key, _, count = story.copy_of.partition(" first ")
    original = stories[key]
    return replace(story, copy_of=original.url, paragraphs=original.paragraphs[: int(count) if count else None])


def build_site(newsroom: Newsroom, edition: int = 1) -> Site:
    """Every answer of every host, by host and path."""
    site: Site = {(host, "/robots.txt"): _ROBOTS for host in newsroom.hosts}
    for outlet in newsroom.outlets:
        stories = newsroom.articles_of(outlet, edition)
        announced = [each.entry for each in newsroom.staged if each.entry and each.entry.outlet == outlet.host]
        site[outlet.host, outlet.feed.path] = feed_answer(outlet, [*stories, *announced])
        for place, story in enumerate(stories):
            site[outlet.host, story.path] = page_answer(outlet, story, stories[place + 1 :] + stories[:place])
            if story.moved_from:
                site[outlet.host, story.moved_from] = Answer(301, headers=(("Location", story.url),))
    for each in newsroom.staged:
        if each.answer:
            url = urlsplit(each.rejection.url)
            site[url.netloc, url.path] = each.answer
    return site


class Request(NamedTuple):
    """One request that the server answered."""

    host: str
    path: str
    status: int
    if_none_match: str | None
    if_modified_since: str | None


class NewsroomServer:
    """The newsroom over HTTP/1.1; a context manager.

    Args:
        newsroom: what to serve.
        address: a loopback address to listen on; the port is free, or the one asked for.
    """

    def __init__(self, newsroom: Newsroom, *, address: str = "127.0.0.1", port: int = 0) -> None:
        if not ip_address(address).is_loopback:
            raise ValueError(f"{address} is no loopback address, and the sample newsroom is served on no other")
        self.newsroom = newsroom
        self.requests: list[Request] = []
        self._edition = 1
        self._site = build_site(newsroom)
        self._server = ThreadingHTTPServer((address, port), _handler_for(self))
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def address(self) -> tuple[str, int]:
        """Where it listens."""
        return str(self._server.server_address[0]), self._server.server_address[1]

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self.address[1]

    @property
    def hosts(self) -> tuple[str, ...]:
        """The host names it answers for."""
        return self.newsroom.hosts

    @property
    def edition(self) -> int:
        """1 before the silent edit, 2 after it."""
        return self._edition

    @edition.setter
    def edition(self, edition: int) -> None:
        self._edition, self._site = edition, build_site(self.newsroom, edition)

    def answer(self, host: str, path: str) -> Answer:
        """What is served under a path; the query plays no part."""
        return self._site.get((host, urlsplit(path).path), _UNKNOWN)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler_for(server: NewsroomServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # A client that keeps a connection open and says nothing must not hold up the server's end.
        timeout = 10

        def do_GET(self) -> None:
            host = self.headers.get("Host", "").partition(":")[0]
            conditions = self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since")
            answer = _conditional(server.answer(host, self.path), *conditions)
            answer = _packed(answer, self.headers.get("Accept-Encoding", ""))
            server.requests.append(Request(host, self.path, answer.status, *conditions))
            self.send_response(answer.status)
            if answer.status != 304:
                self.send_header("Content-Type", answer.content_type)
                self.send_header("Content-Length", str(len(answer.body)))
            for name, value in answer.headers:
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.body)

        do_HEAD = do_GET  # noqa: N815 - the name is the base class's

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
            """Stay quiet: the terminal belongs to the run."""

    return Handler


def _conditional(answer: Answer, if_none_match: str | None, if_modified_since: str | None) -> Answer:
    """304 where a validator still holds; If-None-Match wins over the date (RFC 9110, 13.2.2)."""
    headers = dict(answer.headers)
    if if_none_match is not None and "ETag" in headers:
        is_unchanged = if_none_match in {headers["ETag"], "*"}
    elif if_modified_since is not None and "Last-Modified" in headers:
        since = parsedate_to_datetime(if_modified_since)
        is_unchanged = parsedate_to_datetime(headers["Last-Modified"]) <= since
    else:
        return answer
    return replace(answer, status=304, body=b"") if is_unchanged else answer


def _packed(answer: Answer, accepted: str) -> Answer:
    if not answer.is_packable or not answer.body or "gzip" not in accepted:
        return answer
    headers = (*answer.headers, ("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding"))
    return replace(answer, body=gzip.compress(answer.body, compresslevel=1, mtime=0), headers=headers)
