"""Reports of one series -> levels: the figure that held until the next one was told.

The same level told again, rounded or not, is the same fact; a new figure of a later day is a new one; two figures of
one day from two claimants are one contested level.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from warehouse.resolution.amounts import looseness, same_figure
from warehouse.resolution.report import Report

# An old figure is told again for so long after a newer one, where the report does not say of which day it is.
_STALE = timedelta(days=30)
_ONE_DAY = timedelta(days=1)


@dataclass(slots=True)
class Level:
    """One level of a series while it is found.

    Args:
        is_total: all are totals of one period, known by the day they were told; else by the day they hold for.
    """

    is_total: bool
    reports: list[Report] = field(default_factory=list)

    @property
    def last_on(self) -> date:
        """The last day that it was told for."""
        return max(report.known_on for report in self.reports)

    def holds(self, report: Report) -> bool:
        """Whether a report gives the figure of this level, and its own text does not set it against it."""
        if any(_are_set_apart(member, report) for member in self.reports):
            return False
        sharpest = min(map(_blur, self.reports))
        return any(same_figure(report, member) for member in self.reports if _blur(member) == sharpest)

    def is_of_the_same_day(self, report: Report) -> bool:
        """Whether another voice gives another figure for a day that this level was told for."""
        if any(member.is_apart_from(report) for member in self.reports):
            return False
        return any(self._contradicts(member, report) for member in self.reports)

    def _contradicts(self, member: Report, report: Report) -> bool:
        day, known = self._day(report), self._day(member)
        if member.origin_id == report.origin_id:
            return member.voice != report.voice and day == known
        return day is not None and known is not None and abs(known - day) <= _ONE_DAY

    def _day(self, report: Report) -> date | None:
        return report.published_on if self.is_total else report.as_of or report.end


def cut_levels(reports: Sequence[Report], *, is_total: bool = False) -> list[list[Report]]:
    """Group the reports of one series by the level that they give.

    Args:
        is_total: all are totals of one period; one that is revised is a new level.
    """
    levels: list[Level] = []

    def place(report: Report) -> tuple[date, date, str]:
        return report.published_on if is_total else report.known_on, report.published_on, report.claim_id

    for report in sorted(reports, key=place):
        level = _level_for(report, levels)
        if level is None:
            level = Level(is_total)
            levels.append(level)
        level.reports.append(report)
    return [level.reports for level in levels]


def _level_for(report: Report, levels: Sequence[Level]) -> Level | None:
    if report.stands_for and (known := _level_of_fact(report.stands_for, levels)):
        return known
    if not levels:
        return None
    newest = levels[-1]
    if newest.holds(report) or newest.is_of_the_same_day(report):
        return newest
    if newest.is_total or report.measure == "cumulative":
        # What is counted so far only grows: the same count is the same level, whenever it is told.
        return next((level for level in reversed(levels) if level.holds(report)), None)
    if report.as_of or report.end:
        return None
    earlier = (level for level in reversed(levels[:-1]) if report.known_on - level.last_on <= _STALE)
    return next((level for level in earlier if level.holds(report)), None)


def _level_of_fact(fact_id: str, levels: Sequence[Level]) -> Level | None:
    return next((level for level in levels if any(member.stands_for == fact_id for member in level.reports)), None)


def _are_set_apart(member: Report, report: Report) -> bool:
    is_one_text = member.origin_id == report.origin_id
    return member.is_apart_from(report) or (is_one_text and not same_figure(member, report))


def _blur(report: Report) -> float:
    """How roughly a report gives its figure: the sharpest reports are what a level is known by."""
    return looseness(report) if report.has_value else math.inf
