"""Reports of one series -> levels: the figure that held until the next one was told.

The same level told again, rounded or not, is the same fact; a new figure of a later day is a new one; two figures of
one day from two claimants are one contested level.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from warehouse.resolution.amounts import Amount, looseness, may_be_disputed, same_figure
from warehouse.resolution.report import Report

# An old figure is told again for so long after a newer one, where the report does not say of which day it is.
_STALE = timedelta(days=30)
_ONE_DAY = timedelta(days=1)


class Level:
    """One level of a series while it is found: its reports, and what a further one is compared with.

    Args:
        is_total: all are totals of one period, known by the day they were told; else by the day they hold for.
    """

    def __init__(self, *, is_total: bool) -> None:
        self.reports: list[Report] = []
        self.last_on = date.min
        self._is_total = is_total
        self._fact: str | None = None
        self._blur = math.inf
        self._sharpest: set[Amount | None] = set()
        self._days: set[date] = set()
        self._texts: defaultdict[str, list[Report]] = defaultdict(list)

    def add(self, report: Report) -> None:
        """Take a report in."""
        self.reports.append(report)
        self.last_on = max(self.last_on, report.known_on)
        self._fact = self._fact or report.stands_for
        self._texts[report.origin_id].append(report)
        blur = looseness(report.amount) if report.amount else math.inf
        if blur < self._blur:
            self._blur, self._sharpest = blur, set()
        if blur == self._blur:
            self._sharpest.add(report.amount)
        if day := self._day(report):
            self._days.add(day)

    def is_fact(self, fact_id: str | None) -> bool:
        """Whether it stands for a fact."""
        return fact_id is not None and self._fact == fact_id

    def holds(self, report: Report) -> bool:
        """Whether a report gives the figure of this level, and its own text does not set it against it."""
        if self._is_another_fact(report) or self._has_part_or_whole(report):
            return False
        if any(not same_figure(member.amount, report.amount) for member in self._texts.get(report.origin_id, ())):
            return False
        return any(same_figure(report.amount, amount) for amount in self._sharpest)

    def is_of_the_same_day(self, report: Report) -> bool:
        """Whether another voice gives another figure for a day that this level was told for."""
        if self._is_another_fact(report) or self._has_part_or_whole(report):
            return False
        if not any(may_be_disputed(amount, report.amount) for amount in self._sharpest):
            return False
        day = self._day(report)
        if own := self._texts.get(report.origin_id):
            # Two figures that a text gives without a day are set against each other as of one; those of two texts are
            # not, for one of them may be old: on the labelled sets both the other way round tell facts worse.
            return any(member.voice != report.voice and self._day(member) == day for member in own)
        return day is not None and any(near in self._days for near in (day - _ONE_DAY, day, day + _ONE_DAY))

    def days_from(self, other: Level) -> int:
        """How many days lie between a report of the one and one of the other, at least."""
        return min(abs((a.known_on - b.known_on).days) for a in self.reports for b in other.reports)

    def _has_part_or_whole(self, report: Report) -> bool:
        own = self._texts.get(report.origin_id, ())
        return any(report.part_of == member.claim_id or member.part_of == report.claim_id for member in own)

    def _is_another_fact(self, report: Report) -> bool:
        return report.stands_for is not None and self._fact is not None and report.stands_for != self._fact

    def _day(self, report: Report) -> date | None:
        return report.published_on if self._is_total else report.as_of or report.end


def cut_levels(reports: Sequence[Report], *, is_total: bool = False) -> list[list[Report]]:
    """Group the reports of one series by the level that they give; a denial by the level that it denies.

    Args:
        is_total: all are totals of one period; one that is revised is a new level.
    """
    affirmed, denied = (
        _cut([report for report in reports if report.is_denial is is_denied], is_total=is_total)
        for is_denied in (False, True)
    )
    levels = [level.reports for level in affirmed]
    for denial in denied:
        told = [level for level in affirmed if all(map(level.holds, denial.reports))]
        if told:
            min(told, key=denial.days_from).reports += denial.reports
        else:
            levels.append(denial.reports)
    return levels


def _cut(reports: Sequence[Report], *, is_total: bool) -> list[Level]:
    levels: list[Level] = []
    since = _days_of_successors(reports)

    def place(report: Report) -> tuple[date, date, tuple[str, str, str, str]]:
        day = report.published_on if is_total else report.known_on
        if report.is_former and report.is_undated:
            day = min(day, since.get(report.origin_id, day))
        return day, report.published_on, report.tie

    for _, text in groupby(sorted(reports, key=place), key=lambda report: (place(report)[:2], report.origin_id)):
        for report in _current_first(list(text), levels):
            level = _level_for(report, levels, is_total=is_total)
            if level is None:
                level = Level(is_total=is_total)
                levels.append(level)
            level.add(report)
    return levels


def _days_of_successors(reports: Sequence[Report]) -> dict[str, date]:
    """For each text the first day that it tells a figure for as what holds: a figure of before is older than that."""
    days: dict[str, date] = {}
    for report in reports:
        if not report.is_former:
            days[report.origin_id] = min(report.known_on, days.get(report.origin_id, date.max))
    return days


def _current_first(text: Sequence[Report], levels: Sequence[Level]) -> list[Report]:
    """Of one text the figure of before first, then what goes on with the newest level, then what it sets against it."""
    return sorted(text, key=lambda report: (not report.is_former, not (levels and levels[-1].holds(report))))


def _level_for(report: Report, levels: Sequence[Level], *, is_total: bool) -> Level | None:
    known = report.stands_for and next((level for level in levels if level.is_fact(report.stands_for)), None)
    if known or not levels:
        return known or None
    newest = levels[-1]
    if newest.holds(report) or newest.is_of_the_same_day(report):
        return newest
    if is_total or report.measure == "cumulative" or report.is_former:
        # What is counted so far only grows: the same count is the same level, whenever it is told. And what is told as
        # the figure of before is the last one like it.
        return next((level for level in reversed(levels) if level.holds(report)), None)
    if report.as_of or report.end:
        return None
    oldest = report.known_on - _STALE
    earlier = (level for level in reversed(levels[:-1]) if level.last_on >= oldest)
    return next((level for level in earlier if level.holds(report)), None)
