"""Folder -> Newsroom: read outlets, stories and staged mishaps, and lay out what every address answers.

The demo, the tests and the benchmark run on it. seeds/sample/README.md describes the folder.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from extractors.errors import SeedError
from extractors.records import Reason, Rejection, Stage
from flows.newsroom.pages import feed_answer, fill_template, page_answer, render_feed, render_page, render_shell
from flows.newsroom.records import Answer, Furniture, Outlet, Story, StoryFeed
from flows.newsroom.server import NewsroomServer, Request, Site
from flows.newsroom.teasers import outlet_teasers

__all__ = ["Answer", "Expected", "Newsroom", "NewsroomServer", "Outlet", "Request", "Staged", "Story", "StoryFeed"]
__all__ += ["read_newsroom", "render_feed", "render_page"]

_ROBOTS = Answer(200, "text/plain; charset=utf-8", b"User-agent: *\nAllow: /\n")


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

    def site(self, edition: int = 1) -> Site:
        """Every answer of every host in an edition, by host and path."""
        site: Site = {(host, "/robots.txt"): _ROBOTS for host in self.hosts}
        for outlet in self.outlets:
            stories = self.articles_of(outlet, edition)
            announced = [each.entry for each in self.staged if each.entry and each.entry.outlet == outlet.host]
            site[outlet.host, outlet.feed.path] = feed_answer(outlet, [*stories, *announced])
            for place, story in enumerate(stories):
                site[outlet.host, story.path] = page_answer(outlet, story, stories[place + 1 :] + stories[:place])
                if story.moved_from:
                    site[outlet.host, story.moved_from] = Answer(301, headers=(("Location", story.url),))
        for each in self.staged:
            if each.answer:
                url = urlsplit(each.rejection.url)
                site[url.netloc, url.path] = each.answer
        return site


def read_newsroom(folder: Path) -> Newsroom:
    """Read a newsroom's folder.

    Raises:
        SeedError: a story or the list of outlets cannot be read.
    """
    table, furniture = (_read_table(folder / name) for name in ("newsroom.toml", "furniture.toml"))
    with _refusing(folder / "newsroom.toml"):
        outlets = {each["folder"]: _outlet(folder, each, furniture) for each in table["outlet"]}
        expected = Expected(**table["expected"])
    stories = _stories(folder, outlets)
    with _refusing(folder / "furniture.toml"):
        furnished = _furnished(outlets.values(), stories)
    with _refusing(folder / "newsroom.toml"):
        staged = tuple(_staged(folder, each, furnished) for each in table.get("staged", ()))
    first = tuple(story for key, story in stories.items() if not _is_edit(key))
    edits = tuple(story for key, story in stories.items() if _is_edit(key))
    return Newsroom(tuple(furnished.values()), first, edits, staged, expected)


def _read_table(file: Path) -> dict[str, Any]:
    with _refusing(file):
        return tomllib.loads(file.read_text(encoding="utf-8"))


@contextmanager
def _refusing(file: Path) -> Iterator[None]:
    """Say which file is at fault."""
    try:
        yield
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SeedError(file, 0, f"{type(error).__name__}: {error}", "seeds/sample/README.md has the format") from error


def _outlet(folder: Path, table: Mapping[str, Any], furniture: Mapping[str, Any]) -> Outlet:
    fields = {name: value for name, value in table.items() if name not in {"folder", "feed"}}
    template = (folder / table["folder"] / "template.html").read_text(encoding="utf-8")
    phrases = furniture["phrases"][table["language"]]
    return Outlet(
        **fields,
        template=template,
        feed=_feed(folder, table["feed"]),
        furniture=_furniture(furniture[table["folder"]], phrases),
    )


def _furniture(table: Mapping[str, Any], phrases: Mapping[str, str]) -> Furniture:
    lists = {name: tuple(table[name]) for name in ("legal", "writers", "headlines")}
    sections = tuple((label, tuple(children)) for label, children in table["sections"].items())
    return Furniture(**{**table, **lists, "sections": sections, "phrases": phrases})


def _furnished(outlets: Iterable[Outlet], stories: Mapping[str, Story]) -> dict[str, Outlet]:
    """The outlets by host, with what their pages point at and with what is the same on all of them in place."""
    languages = {outlet.host: outlet.language for outlet in outlets}
    published: dict[str, list[Story]] = {language: [] for language in languages.values()}
    for key, story in stories.items():
        if not _is_edit(key):
            published[languages[story.outlet]].append(story)
    return {
        outlet.host: replace(outlet, template=fill_template(outlet), teasers=outlet_teasers(outlet, published))
        for outlet in outlets
    }


def _feed(folder: Path, table: Mapping[str, Any]) -> StoryFeed:
    fields = {**table, "validators": tuple(table["validators"])}
    if table["format"] != "json":
        files = (folder / "feeds" / f"{table['format']}{part}.xml" for part in ("", "-item"))
        fields["templates"] = tuple(file.read_text(encoding="utf-8") for file in files)
    return StoryFeed(**fields)


def _staged(folder: Path, table: Mapping[str, Any], outlets: Mapping[str, Outlet]) -> Staged:
    url, entry = urlsplit(table["url"]), None
    if "title" in table:
        about = {name: table[name] for name in ("title", "summary", "published")}
        entry = Story(outlet=url.netloc, slug=url.path.rsplit("/")[-1], path=url.path, **about)
    return Staged(
        Rejection(table["url"], Stage(table["stage"]), Reason(table["reason"])),
        _staged_answer(folder / "staged" / table["file"], table["status"], outlets.get(url.netloc), entry)
        if "file" in table
        else None,
        entry,
        (table["outlet"], table["country"], table["language"]) if "outlet" in table else None,
    )


def _staged_answer(file: Path, status: int, outlet: Outlet | None, entry: Story | None) -> Answer:
    """The file as it lies there, or, where an outlet's feed names the page, with that outlet's furniture."""
    if outlet is None or entry is None:
        return Answer(status, body=file.read_bytes())
    return Answer(status, body=render_shell(outlet, file.read_text(encoding="utf-8"), entry))


def _stories(folder: Path, outlets: Mapping[str, Outlet]) -> dict[str, Story]:
    """All stories by outlet folder and file name, copies filled with what they reprint."""
    stories = {
        f"{name}/{path.stem}": _story(outlet, path)
        for name, outlet in outlets.items()
        for path in sorted((folder / name).glob("*.txt"))
    }
    try:
        return {key: _reprint(story, stories) for key, story in stories.items()}
    except (KeyError, ValueError) as error:
        remedy = "Name the original as 'outlet/slug' or 'outlet/slug first 4'"
        raise SeedError(folder, 0, f"copy_of: {error} is no story", remedy) from error


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
