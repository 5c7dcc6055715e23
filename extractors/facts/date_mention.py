"""Year, month, day -> DateMention: an interval as a sentence names it, and what it is made of."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta

Interval = tuple[date, date]
_LONGEST_MONTH = timedelta(days=31)
YEARS = range(1990, 2061)


@dataclass(slots=True)
class DateMention:
    """A date over tokens i to j: how it reads of the past and of the future.

    Args:
        is_since: it reaches to the day of publication.
        is_echo: it leans on a date before ("the quarter before"), and later words do not lean on it.
        is_speech: it is the day on which somebody said so ("police said on Monday").
    """

    i: int
    j: int
    past: Interval
    future: Interval
    precision: str
    basis: str
    is_since: bool = False
    month: int = 0
    is_echo: bool = False
    is_speech: bool = False


@dataclass(slots=True)
class Anchors:
    """What "the day after", "in the same quarter" and "in the period" lean on."""

    day: DateMention | None = None
    period: DateMention | None = None
    report: DateMention | None = None
    # The day was told in the sentence that is being read.
    is_own: bool = False

    def note(self, mention: DateMention) -> None:
        """Makes a mention what later words lean on."""
        start, end = mention.past
        self.is_own = self.is_own or (mention.precision == "day" and start == end)
        if mention.is_since and mention.precision == "day":
            self.day = replace(mention, past=(start, start))
        elif end - start > _LONGEST_MONTH:
            # "In 2024" said in passing is not the period of a report on a quarter.
            self.period = self.period if self.period is not None and mention.precision == "year" else mention
            self.report = self.report or self.period
        elif mention.precision == "month" or start == end:
            self.day = mention
        else:
            self.period = self.period or mention


def month_interval(year: int, month: int) -> Interval:
    """First and last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def months_from(year: int, first: int, count: int) -> Interval:
    """`count` months from the month `first`; more than twelve run on into the years after."""
    last = first + count - 2
    return date(year, first, 1), month_interval(year + last // 12, last % 12 + 1)[1]


def month_or_day(year: int, month: int, day: int | None) -> Interval | None:
    """A month, or one day of it; None for a day that there is not."""
    if day is None:
        return month_interval(year, month)
    try:
        return date(year, month, day), date(year, month, day)
    except ValueError:
        return None


def read_day(text: str) -> int | None:
    """A day of the month in digits."""
    return int(text) if text.isdigit() and len(text) <= 2 and 1 <= int(text) <= 31 else None


def read_year(text: str) -> int | None:
    """A year in digits that news can speak of."""
    return int(text) if len(text) == 4 and text.isdigit() and int(text) in YEARS else None
