"""Options of a backfill -> what it was asked for, and the days within which pages are wanted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from extractors.errors import SettingsError
from extractors.records import Feed, Reading, stable_id

# A day without a zone may be the neighbouring one in UTC.
_SLACK = timedelta(days=1)
# A path of /2024/06/ or /2024/06/25/, as most content systems write them.
_IN_PATH = re.compile(r"/(?P<year>(?:19|20)\d\d)/(?P<month>0?[1-9]|1[0-2])(?:/(?P<day>0?[1-9]|[12]\d|3[01]))?/")


@dataclass(frozen=True, slots=True)
class Days:
    """Days in UTC within which pages are wanted, both included; None is open."""

    first: date | None = None
    last: date | None = None

    def have(self, moment: datetime | None) -> bool:
        """Whether something of that moment is wanted; a moment that is not known cannot speak against it."""
        return moment is None or not self._excludes(_day(moment), _day(moment))

    def may_have_page(self, *, changed_at: datetime | None) -> bool:
        """Whether a page (or anything in a list of pages) may be of these days that changed last at a moment."""
        return changed_at is None or self.first is None or _day(changed_at) + _SLACK >= self.first

    def may_have_url(self, url: str) -> bool:
        """Whether the day in an address, if there is one, leaves open that its page is of these days."""
        found = _IN_PATH.search(url)
        if found is None:
            return True
        try:
            first = date(int(found["year"]), int(found["month"]), int(found["day"] or 1))
        except ValueError:
            return True
        last = first if found["day"] else (first.replace(day=28) + timedelta(days=4)).replace(day=1)
        return not self._excludes(first - _SLACK, last + _SLACK)

    def _excludes(self, first: date, last: date) -> bool:
        return (self.first is not None and last < self.first) or (self.last is not None and first > self.last)

    def __str__(self) -> str:
        return f"{self.first or '...'} to {self.last or '...'}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a backfill was asked for.

    Args:
        names: WARC files, or addresses of sites and sitemaps, or one file of addresses.
        everything: pages that are about no mission, too.
        outlet: the publisher's name, where it is given.
    """

    source: Literal["warc", "sitemap", "urls"]
    names: tuple[str, ...]
    days: Days = Days()
    everything: bool = False
    outlet: str | None = None

    def key(self, *more: str) -> str:
        """The same for the same question, so that a backfill that was killed is known again."""
        return stable_id(self.source, *self.names, self.days, self.everything, self.outlet, *more)[:16]

    @property
    def feeds(self) -> tuple[Feed, ...]:
        """What leads to the pages, as a feed does: its URL is what entries name."""
        return tuple(Feed(self.feed_of(name), outlet=self.outlet, fetch="all") for name in self.names)

    def feed_of(self, name: str) -> str:
        """What the entries that come of a source name as their feed."""
        return name if self.source == "sitemap" else f"{self.source}:{name.rpartition('/')[2]}"

    def wants(self, reading: Reading) -> bool:
        """Whether an article is of the days; one that does not say when it was published is."""
        return self.days.have(reading.article.published_at)

    def __str__(self) -> str:
        return f"backfill {self.source} {' '.join(self.names)}"


def read_days(first: datetime | None, last: datetime | None) -> Days:
    """Days of two options.

    Raises:
        SettingsError: there is no day between them.
    """
    days = Days(first.date() if first else None, last.date() if last else None)
    if days.first and days.last and days.first > days.last:
        raise SettingsError(f"--from {days.first} lies after --to {days.last}")
    return days


def _day(moment: datetime) -> date:
    return moment.astimezone(UTC).date()
