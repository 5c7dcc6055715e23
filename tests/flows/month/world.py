"""Moment -> what each feed shows then: a press of its own, scripted for a month, a pure function of simulated time.

Nothing here opens a socket or reads a clock. Every feed follows from its number and the seed alone.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from xml.sax.saxutils import escape

START = datetime(2025, 1, 6, tzinfo=UTC)
DAYS = 30
END = START + timedelta(days=DAYS)
SEED = "a month of news"
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Story:
    """One entry of a feed and its page.

    Args:
        url: of the page; two feeds may show the same one, each with its own trackers.
        edited_at: from when on its wording is another one, under the same guid.
        page: what its page is: an article, or "missing", "late" (a 503 for half a day), "forbidden" (by robots.txt).
    """

    guid: str
    url: str
    title: str
    published_at: datetime
    edited_at: datetime | None = None
    page: str = "article"
    is_off_topic: bool = False

    def wording(self, moment: datetime) -> int:
        """0 as published, 1 once it was edited."""
        return int(self.edited_at is not None and moment >= self.edited_at)

    def headline(self, moment: datetime) -> str:
        """The title at a moment."""
        return self.title + (" (updated)" if self.wording(moment) else "")


@dataclass(frozen=True)
class Outage:
    """A time in which a feed answers something else: a status, or "close" for a connection that ends at once."""

    begins: datetime
    ends: datetime
    answer: int | str
    retry_after: int | None = None


@dataclass(frozen=True)
class Paper:
    """One feed of the press.

    Args:
        window: how many entries its feed shows.
        validators: "etag", "modified" or "", and whether a build date changes with every answer.
        ttl, max_age: in seconds, as the feed and its server ask.
        moved_at: from when on its address answers 301 to another one.
        role: what a test wants to know it by.
    """

    number: int
    role: str
    address: str
    stories: tuple[Story, ...]
    window: int
    fetch: str = "all"
    validators: str = "etag"
    has_build_date: bool = False
    ttl: int | None = None
    max_age: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[str, ...] = ()
    outages: tuple[Outage, ...] = ()
    moved_at: datetime | None = None
    crawl_delay: float | None = None

    @property
    def path(self) -> str:
        """Of its feed."""
        return f"/{self.number}/feed"

    @property
    def new_path(self) -> str:
        """Of its feed, once it has moved."""
        return f"/{self.number}/moved"

    def outage(self, moment: datetime) -> Outage | None:
        """What is wrong at a moment."""
        return next((outage for outage in self.outages if outage.begins <= moment < outage.ends), None)

    def shown(self, moment: datetime) -> tuple[Story, ...]:
        """The stories in its feed at a moment, newest first."""
        count = bisect_right(self.stories, moment, key=lambda story: story.published_at)
        return self.stories[max(0, count - self.window) : count][::-1]


# How many papers of each role there are, and how many stories a day they bring.
ROLES: dict[str, tuple[int, float]] = {
    "slow": (98, 0.15),
    "steady": (50, 0.6),
    "busy": (10, 3.0),
    "wire": (4, 30.0),
    "burst": (6, 1.0),
    "limits": (24, 0.5),
    "patient": (6, 0.5),
    "shaky": (16, 0.5),
    "dark": (4, 6.0),
    "gone": (4, 0.5),
    "dead": (4, 0.5),
    "mute": (6, 2.0),
    "moving": (6, 0.5),
    "shared": (8, 0.5),
    "careful": (2, 0.4),
    "closed": (2, 0.5),
}


@cache
def press() -> tuple[Paper, ...]:
    """All papers, in the order of their numbers."""
    roles = [role for role, (count, _) in ROLES.items() for _ in range(count)]
    return tuple(_paper(number, role) for number, role in enumerate(roles))


def _paper(number: int, role: str) -> Paper:
    chance = random.Random(f"{SEED} {number}")
    # Two neighbours in eight share a host: one domain, two feeds.
    host = number - 1 if number % 8 == 7 and role in ("slow", "steady") else number
    address = f"127.{1 + host // 200}.0.{1 + host % 200}"
    options = _OPTIONS.get(role, lambda _: {})(chance)
    options.setdefault("window", chance.choice((10, 15, 20, 30, 50)))
    stories = _stories(number, role, address, chance)
    validators = chance.choice(("etag", "modified", ""))
    has_build_date = not validators and chance.random() < 0.5
    return Paper(number, role, address, stories, validators=validators, has_build_date=has_build_date, **options)


def _limits(chance: random.Random) -> dict[str, object]:
    return chance.choice(
        (
            {"ttl": 240 * 60},
            {"ttl": 90 * 60},
            {"max_age": 3 * 3600},
            {"max_age": 8 * 3600},
            {"skip_hours": (0, 1, 2, 3, 4, 5)},
            {"skip_days": ("Saturday", "Sunday")},
            {"ttl": 120 * 60, "skip_hours": (22, 23, 0, 1)},
        )
    ) | {"outages": (_outage(chance, 500, hours=9),)}


def _outage(chance: random.Random, answer: int | str, *, hours: float, retry_after: int | None = None) -> Outage:
    begins = START + timedelta(hours=chance.randrange(48, 24 * (DAYS - 5)))
    return Outage(begins, begins + timedelta(hours=hours), answer, retry_after)


def _shaky(chance: random.Random) -> dict[str, object]:
    answers: tuple[int | str, ...] = (500, 404, 503, "close")
    outages = [_outage(chance, chance.choice(answers), hours=chance.uniform(3, 60)) for _ in range(3)]
    return {"outages": tuple(outages), "window": 30}


def _patient(chance: random.Random) -> dict[str, object]:
    status = chance.choice((429, 503))
    return {
        "outages": tuple(_outage(chance, status, hours=8, retry_after=chance.choice((5400, 14_400))) for _ in "123")
    }


_FOR_EVER = END + 365 * DAY
_OPTIONS = {
    "limits": _limits,
    "patient": _patient,
    "shaky": _shaky,
    "wire": lambda _: {"window": 50, "fetch": "matching"},
    # Down for four days at six stories a day: its window of ten moves on meanwhile.
    "dark": lambda _: {"window": 10, "outages": (Outage(START + 10 * DAY, START + 14 * DAY, 500),)},
    "gone": lambda _: {"outages": (Outage(START + 10 * DAY, _FOR_EVER, 410),)},
    "dead": lambda _: {"outages": (Outage(START + 8 * DAY, _FOR_EVER, 404),)},
    "moving": lambda chance: {"moved_at": START + timedelta(days=chance.randrange(4, 12))},
    "burst": lambda _: {"window": 20},
    "careful": lambda _: {"crawl_delay": 0.2, "window": 10},
    "busy": lambda _: {"window": 30},
}


def _stories(number: int, role: str, address: str, chance: random.Random) -> tuple[Story, ...]:
    if role == "shared" and number % 2:
        # The neighbour's stories under the neighbour's addresses: as they are, or with trackers of this feed's own.
        trackers = "?utm_source=rss" if number % 4 == 1 else ""
        others = _paper(number - 1, role).stories
        return tuple(replace(story, guid=f"{story.guid}-again", url=story.url + trackers) for story in others)
    moments = _moments(role, chance)
    return tuple(_story(number, role, address, place, moment, chance) for place, moment in enumerate(moments))


def _moments(role: str, chance: random.Random) -> list[datetime]:
    _, a_day = ROLES[role]
    last = 10 if role == "mute" else DAYS
    backlog = [START - timedelta(hours=chance.uniform(1, 100)) for _ in range(3)]
    if role == "burst":
        days = chance.sample(range(2, DAYS - 1), 4)
        return sorted(
            backlog + [START + day * DAY + 9 * HOUR + minute * HOUR / 60 for day in days for minute in range(8)]
        )
    count = round(a_day * last)
    return sorted(backlog + [START + timedelta(seconds=round(chance.uniform(0, last * 86_400))) for _ in range(count)])


def _story(number: int, role: str, address: str, place: int, moment: datetime, chance: random.Random) -> Story:
    draw = chance.random()
    page = "missing" if draw < 0.02 else "late" if draw < 0.05 else "forbidden" if draw < 0.08 else "article"
    edited_at = moment + timedelta(hours=chance.uniform(4, 30)) if 0.85 < draw < 0.9 else None
    is_off_topic = role == "wire" and place % 10 != 0
    subject = "Football results and weather" if is_off_topic else "Kenya police in Haiti mission"
    folder = "private" if page == "forbidden" else "news"
    return Story(
        guid=f"story-{number}-{place}",
        url=f"http://{address}:{{port}}/{number}/{folder}/{place}",
        title=f"{subject}: day {place} of paper {number}",
        published_at=moment.replace(microsecond=0),
        edited_at=edited_at and edited_at.replace(microsecond=0),
        page=page,
        is_off_topic=is_off_topic,
    )


def render_feed(paper: Paper, moment: datetime, port: int) -> bytes:
    """A paper's feed (RSS 2.0) at a moment."""
    head = f"<title>Paper {paper.number}</title>"
    if paper.has_build_date:
        head += f"<lastBuildDate>{format_datetime(moment)}</lastBuildDate>"
    if paper.ttl:
        head += f"<ttl>{paper.ttl // 60}</ttl>"
    if paper.skip_hours:
        head += "<skipHours>" + "".join(f"<hour>{hour}</hour>" for hour in paper.skip_hours) + "</skipHours>"
    if paper.skip_days:
        head += "<skipDays>" + "".join(f"<day>{day}</day>" for day in paper.skip_days) + "</skipDays>"
    items = "".join(_item(story, moment, port) for story in paper.shown(moment))
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()


def _item(story: Story, moment: datetime, port: int) -> str:
    return (
        f"<item><title>{escape(story.headline(moment))}</title><link>{escape(story.url.format(port=port))}</link>"
        f'<guid isPermaLink="false">{story.guid}</guid><pubDate>{format_datetime(story.published_at)}</pubDate></item>'
    )


def render_page(story: Story, moment: datetime) -> bytes:
    """A story's page at a moment; no two stories have the same text, and no two wordings of one."""
    chance = random.Random(f"{story.guid} {story.wording(moment)}")
    words = " ".join(chance.choices(_WORDS, k=60))
    paragraphs = (
        f"Reporter {chance.randrange(10**6)} writes of {words}.",
        f"Residents of quarter {chance.randrange(10**6)} said on Friday that the streets were calm by the evening.",
        f"Shops opened in the morning, {' '.join(chance.choices(_WORDS, k=30))}, and schools stayed closed all day.",
    )
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    title = escape(story.headline(moment))
    published = story.published_at.isoformat()
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{title}</title>'
        f'<meta property="article:published_time" content="{published}"></head>'
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    ).encode()


# fmt: off
_WORDS = (
    "market", "harbour", "council", "teacher", "bridge", "water", "school", "road", "doctor", "farmer", "election",
    "budget", "meeting", "minister", "coast", "village", "river", "tax", "court", "report", "hospital", "library",
    "airport", "police", "station", "border", "truck", "office", "radio", "lawyer",
)
# fmt: on
