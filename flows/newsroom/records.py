"""What a newsroom consists of: outlets, their feeds and furniture, stories, and what a server answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

FeedFormat = Literal["rss", "atom", "rdf", "json"]


@dataclass(frozen=True, slots=True)
class StoryFeed:
    """How an outlet's feed is written and how it behaves.

    Args:
        templates: the document and one item of it; unused by JSON Feed.
        validators: what it offers for conditional requests.
        encoding: of the bytes sent; an XML feed declares UTF-8 whatever this says.
        tracking: query string added to the links of the entries.
        ttl: minutes, as RSS counts them.
    """

    path: str
    format: FeedFormat
    content: Literal["full", "summary"]
    validators: tuple[str, ...]
    templates: tuple[str, str] = ("", "")
    encoding: str = "utf-8"
    tracking: str = ""
    ttl: int | None = None
    cache_control: str | None = None


@dataclass(frozen=True, slots=True)
class Furniture:
    """What an outlet surrounds its stories with.

    Args:
        prefix: of its class names.
        naming: how they are made of it.
        components: how many blocks of its design the inlined stylesheet covers.
        state: the shape of the JSON that its scripts find in the page; "" for none.
        icons: whether drawings are inlined.
        cards: teasers with picture and summary below a story.
        slots: places kept for advertising.
        sections: the menu, each with what lies under it.
        legal: links of the footer.
        writers: who signs its other stories.
        headlines: stories that exist as teasers only, as "title | summary".
        phrases: what buttons and boxes say.
    """

    prefix: str = ""
    naming: Literal["plain", "bem", "modules"] = "plain"
    components: int = 0
    state: Literal["next", "window", "settings", ""] = ""
    icons: bool = False
    cards: int = 0
    slots: int = 0
    sections: tuple[tuple[str, tuple[str, ...]], ...] = ()
    legal: tuple[str, ...] = ()
    writers: tuple[str, ...] = ()
    headlines: tuple[str, ...] = ()
    phrases: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Outlet:
    """One publisher.

    Args:
        article: path of a story, as a format string over slug and date.
        template: of a page; what is the same on all of them is filled in already.
        encoding: of the pages, declared rightly.
        teasers: the stories that its pages point at, without their text.
    """

    host: str
    name: str
    country: str
    language: str
    article: str
    template: str
    feed: StoryFeed
    fetch: Literal["all", "matching"] = "all"
    encoding: str = "utf-8"
    gzip: bool = False
    furniture: Furniture = Furniture()
    teasers: tuple[Story, ...] = ()

    @property
    def feed_url(self) -> str:
        """Where the feed is."""
        return f"http://{self.host}{self.feed.path}"


@dataclass(frozen=True, slots=True)
class Story:
    """One entry of a feed, and the page it leads to.

    Args:
        outlet: the outlet's host.
        path: of the page on that host.
        moved_from: an older path, which the feed still names and which redirects to the page.
        copy_of: URL of the story that this one reprints, all of it or its first paragraphs.
    """

    outlet: str
    slug: str
    path: str
    title: str
    summary: str
    published: datetime
    author: str = ""
    section: str = ""
    caption: str = ""
    updated: datetime | None = None
    moved_from: str | None = None
    copy_of: str | None = None
    paragraphs: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """The address of the page."""
        return f"http://{self.outlet}{self.path}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server says to one path; `is_packable` allows gzip."""

    status: int
    content_type: str = "text/html; charset=utf-8"
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    is_packable: bool = False
