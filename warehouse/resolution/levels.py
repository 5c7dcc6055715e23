"""Reports of one series -> levels: the figure that held until the next one was told.

The same level told again, rounded or not, is the same fact; a new figure of a later day is a new one; two figures of
one day from two claimants are one contested level.
"""

from __future__ import annotations

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
    """One level of a series while it is found."""

    reports: list[Report] = field(default_factory=list)

    @property
    def last_on(self) -> date:
        """The last day that it was told for."""
        return max(report.known_on for report in self.reports)

    def holds(self, report: Report) -> bool:
        """Whether a report gives the figure of this level, and its own text does not set it against it."""
        if any(member.text_id == report.text_id and not same_figure(member, report) for member in self.reports):
            return False
        sharpest = min(self.reports, key=lambda member: (not member.has_value, member.has_value and looseness(member)))
        return same_figure(report, sharpest)

    def is_of_the_same_day(self, report: Report) -> bool:
        """Whether a report gives another figure for a day that this level was told for."""
        day = report.as_of or report.end
        days = (member.as_of or member.end for member in self.reports)
        return day is not None and any(known is not None and abs(known - day) <= _ONE_DAY for known in days)


def cut_levels(reports: Sequence[Report], *, told_on: bool = False) -> list[list[Report]]:
    """Group the reports of one series by the level that they give.

    Args:
        told_on: order them by the day they were told, not by the day they hold for: all are of one period.
    """
    levels: list[Level] = []

    def place(report: Report) -> tuple[date, date, str]:
        return report.published_on if told_on else report.known_on, report.published_on, report.claim_id

    for report in sorted(reports, key=place):
        level = _level_for(report, levels)
        if level is None:
            level = Level()
            levels.append(level)
        level.reports.append(report)
    return [level.reports for level in levels]


def _level_for(report: Report, levels: Sequence[Level]) -> Level | None:
    if not levels:
        return None
    newest = levels[-1]
    if newest.holds(report) or newest.is_of_the_same_day(report):
        return newest
    if report.as_of or report.end:
        return None
    earlier = (level for level in reversed(levels[:-1]) if report.known_on - level.last_on <= _STALE)
    return next((level for level in earlier if level.holds(report)), None)
