"""Report -> Days: when the thing happened, as far as the report tells; and how two of them go together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from warehouse.resolution.report import Report

# Time zones, and "on Monday" said of Sunday night.
_DAY_SLACK = 1
# A date taken from another sentence or from the day of publication may miss by some days.
_BORROWED_SLACK = 3
# What happened without a date happened in the weeks before it was told; plans are for the weeks after.
_UNDATED_BEFORE = 21
_PLANNED_AFTER = 60
# A quarter and a year.
_MONTHS_OF_A_PERIOD = (3, 12)


@dataclass(frozen=True, slots=True)
class Days:
    """An interval of days.

    Args:
        first, last: both included, widened by what dates in the press are wrong by.
        is_exact: the report itself names the day.
        is_dated: the report says when at all.
    """

    first: date
    last: date
    is_exact: bool
    is_dated: bool

    def overlaps(self, other: Days) -> bool:
        """Whether both may be the same day."""
        return self.first <= other.last and other.first <= self.last

    def middle_overlaps(self, other: Days) -> bool:
        """Whether both may be the same day even where no date is wrong."""
        one_day = timedelta(days=_DAY_SLACK)
        return self.first + one_day <= other.last - one_day and other.first + one_day <= self.last - one_day


def days_of(report: Report) -> Days:
    """When the thing happened."""
    first = report.start or report.end or report.as_of
    last = report.end or report.start or report.as_of
    if first is None or last is None:
        return _undated(report)
    is_own = report.basis not in ("inherited", "published")
    is_exact = is_own and first == last
    slack = timedelta(days=_DAY_SLACK if is_own else _BORROWED_SLACK)
    return Days(first - slack, last + slack, is_exact, is_dated=True)


def _undated(report: Report) -> Days:
    told = report.published_on
    if report.status == "planned":
        return Days(told, told + timedelta(days=_PLANNED_AFTER), is_exact=False, is_dated=False)
    return Days(
        told - timedelta(days=_UNDATED_BEFORE), told + timedelta(days=_DAY_SLACK), is_exact=False, is_dated=False
    )


def same_period(one: Report, other: Report) -> bool:
    """Whether two totals are of one period: both ends lie within a tenth of its length, or two days."""
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return False
    length = max((one.end - one.start).days, (other.end - other.start).days, 1)
    slack = max(2, length // 10)
    return abs((one.start - other.start).days) <= slack and abs((one.end - other.end).days) <= slack


def is_closed_period(report: Report) -> bool:
    """Whether a total is of one whole month, quarter or year; "since January" goes on instead."""
    if report.start is None or report.end is None:
        return False
    months = (report.end.year - report.start.year) * 12 + report.end.month - report.start.month + 1
    is_whole = report.start.day == 1 and (report.end + timedelta(days=1)).day == 1
    return is_whole and (months == 1 or (months in _MONTHS_OF_A_PERIOD and (report.start.month - 1) % months == 0))
