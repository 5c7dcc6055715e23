"""Two Reports -> do their values agree? Numbers as the press gives them: rounded, bounded, vague.

Source: ACLED codebook, 2023, for what vague words mean; the widths are measured on tests/resolution/dev.
"""

from __future__ import annotations

from enum import IntEnum

from warehouse.resolution.report import Report

# "About 150" is said of 144 and of 160, not of 200.
_ROUNDING = 0.12
# "At least 400" is said of what turns out to be 450, not of 1,000.
_OPEN_UPWARDS = 1.5
# "Dozens" ends where "hundreds" begins.
_VAGUE_UPWARDS = 9.99
_ROUGH = {"about", "nearly", "more_than", "at_least", "vague", "between"}
# What the press rounds to: 1,000 is said of 1,024, "over 600" of 627; 744 is not said of 725.
_STEPS = (1_000_000, 100_000, 50_000, 10_000, 5_000, 1_000, 500, 100, 50, 25, 10, 5, 1)
_ROUNDED_BY = 0.06
# "About 90 percent" is not said of 85.
_ROUNDED_POINTS = 2.5
# A bound is told because the figure lies close to it.
_BOUNDED_BY = 0.12
_COUNTED_STEP = 0.01
# A few times a step of 100 or more; of large numbers the press gives three digits.
_ROUND_STEP, _ROUND_COUNT = 100, 20
_LARGE, _LARGE_STEP, _LARGE_COUNT = 100_000, 1_000, 999


class Agreement(IntEnum):
    """How two values go together; what is higher agrees more."""

    APART = 0
    UNKNOWN = 1
    COMPATIBLE = 2
    EQUAL = 3


def compare_amounts(one: Report, other: Report) -> Agreement:
    """How the values of two reports go together."""
    if not (one.has_value and other.has_value):
        return Agreement.UNKNOWN
    if one.best is not None and one.best == other.best:
        return Agreement.EQUAL
    (low, high), (other_low, other_high) = span(one), span(other)
    return Agreement.COMPATIBLE if low <= other_high and other_low <= high else Agreement.APART


def span(report: Report) -> tuple[float, float]:
    """The numbers that the words may stand for, from and to."""
    best, low, high = report.best, report.low, report.high
    match report.qualifier:
        case "about":
            middle = best if best is not None else low if low is not None else high or 0.0
            return middle * (1 - _ROUNDING), (high or middle) * (1 + _ROUNDING)
        case "at_least" | "more_than":
            least = low if low is not None else best or 0.0
            return least, least * _OPEN_UPWARDS
        case "nearly":
            most = high if high is not None else best or 0.0
            return most * (1 - _ROUNDING), most
        case "vague":
            least = low if low is not None else best or 0.0
            return least, least * _VAGUE_UPWARDS
        case "up_to" | "fewer_than":
            return 0.0, high if high is not None else best or 0.0
    known = [number for number in (low, best, high) if number is not None]
    return min(known), max(known)


def same_figure(one: Report, other: Report) -> bool:
    """Whether two figures of a series are one: equal, or one of them is said roughly of the other."""
    if not (one.has_value and other.has_value):
        return True
    return _is_said_of(one, figure(other)) or _is_said_of(other, figure(one))


def is_same_promise(one: Report, other: Report) -> bool:
    """Whether two figures of what stands until further notice are one: "up to 5,500" is not said of 5,550."""
    return figure(one) == figure(other) or (
        same_figure(one, other) and any(report.qualifier in _ROUGH for report in (one, other))
    )


def figure(report: Report) -> float:
    """The one number that stands for a value."""
    return next(number for number in (report.best, report.low, report.high) if number is not None)


def looseness(report: Report) -> float:
    """How far off a figure may be: half of its last step (50 for 700, 12 for 725), and at most a share of it."""
    number, step = figure(report), _last_step(figure(report))
    is_rounded = report.qualifier != "exact" or _is_round(number, step)
    most = _ROUNDED_POINTS if report.unit == "percent" else _ROUNDED_BY * number
    return min(step / 2, most) if is_rounded else 0.0


def _is_round(number: float, step: float) -> bool:
    """Whether a number without a word such as "about" is taken for round: 2,500 is, and 1.04 million; 744 is not."""
    return step >= (_ROUND_STEP if number < _LARGE else _LARGE_STEP) and number / step <= (
        _ROUND_COUNT if number < _LARGE else _LARGE_COUNT
    )


def _last_step(number: float) -> float:
    return next(step for step in _STEPS if number % step == 0) if number == int(number) else 0


def _is_said_of(report: Report, number: float) -> bool:
    low, high = said_between(report)
    return low <= number <= high


def said_between(report: Report) -> tuple[float, float]:
    """The numbers that a figure may be used of: "more than 700" of 744, "fewer than 1,000" of 967."""
    said, slack = figure(report), looseness(report)
    if report.qualifier == "vague":
        return said, said * _VAGUE_UPWARDS
    # "At least 5,601" is a count, "more than 1.28 million" ends at 1.29.
    step = _last_step(said)
    bound = max(slack, _BOUNDED_BY * said if step >= _COUNTED_STEP * said else step - 1)
    if report.unit == "percent":
        bound = max(slack, 1.0)
    above = bound if report.qualifier in ("more_than", "at_least") else slack
    below = bound if report.qualifier in ("fewer_than", "nearly") else slack
    return said - below, said + above
