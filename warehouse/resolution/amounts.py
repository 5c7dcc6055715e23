"""Two Amounts -> do they agree? Numbers as the press gives them: rounded, bounded, vague.

Source: ACLED codebook, 2023, for what vague words mean; the widths are measured on tests/resolution/dev.
"""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

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
_ROUNDED_POINTS, _ONE_POINT = 2.5, 1.0
# A bound is told because the figure lies close to it.
_BOUNDED_BY = 0.12
_COUNTED_STEP = 0.01
# A few times a step of 100 or more; of large numbers the press gives three digits.
_ROUND_STEP, _ROUND_COUNT = 100, 20
_LARGE, _LARGE_STEP, _LARGE_COUNT = 100_000, 1_000, 999


class Amount(NamedTuple):
    """How many, as a report says it.

    Args:
        low, best, high: bounds as the words give them; a bound that the words leave open is None, all three never are.
        is_share: in percent.
    """

    low: float | None
    best: float | None
    high: float | None
    qualifier: str | None
    is_share: bool

    @property
    def figure(self) -> float:
        """The one number that stands for it."""
        return next(number for number in (self.best, self.low, self.high) if number is not None)


class Agreement(IntEnum):
    """How two values go together; what is higher agrees more."""

    APART = 0
    UNKNOWN = 1
    COMPATIBLE = 2
    EQUAL = 3


# The same few numbers are compared again and again: a toll is told by all.
_REMEMBERED = 65_536


@lru_cache(_REMEMBERED)
def compare_amounts(one: Amount | None, other: Amount | None) -> Agreement:
    """How two amounts go together."""
    if one is None or other is None:
        return Agreement.UNKNOWN
    if one.best is not None and one.best == other.best:
        return Agreement.EQUAL
    (low, high), (other_low, other_high) = _span(one), _span(other)
    is_compatible = (low <= other_high and other_low <= high) or same_figure(one, other)
    return Agreement.COMPATIBLE if is_compatible else Agreement.APART


def _span(amount: Amount) -> tuple[float, float]:
    """The numbers that the words may stand for, from and to."""
    low, best, high, qualifier, _ = amount
    figure = amount.figure
    match qualifier:
        case "about":
            return figure * (1 - _ROUNDING), (high or figure) * (1 + _ROUNDING)
        case "at_least" | "more_than":
            return figure, figure * _OPEN_UPWARDS
        case "nearly":
            return figure * (1 - _ROUNDING), figure
        case "vague":
            return figure, figure * _VAGUE_UPWARDS
        case "up_to" | "fewer_than":
            return 0.0, figure
    known = [number for number in (low, best, high) if number is not None]
    return min(known), max(known)


@lru_cache(_REMEMBERED)
def same_figure(one: Amount | None, other: Amount | None) -> bool:
    """Whether two figures of a series are one: equal, or one of them is said roughly of the other."""
    if one is None or other is None:
        return True
    return _is_said_of(one, other.figure) or _is_said_of(other, one.figure)


# Two who count the same people differ by less; 315 lynched are some of the 5,601 killed, and no other count of them.
_MOST_DISPUTED = 3.0


def may_be_disputed(one: Amount | None, other: Amount | None) -> bool:
    """Whether two figures may be two counts of the same."""
    if one is None or other is None:
        return True
    lower, higher = sorted((one.figure, other.figure))
    return higher <= _MOST_DISPUTED * lower


@lru_cache(_REMEMBERED)
def is_same_promise(one: Amount, other: Amount) -> bool:
    """Whether two figures of what stands until further notice are one: "up to 5,500" is not said of 5,550."""
    is_rough = one.qualifier in _ROUGH or other.qualifier in _ROUGH
    return one.figure == other.figure or (is_rough and same_figure(one, other))


@lru_cache(_REMEMBERED)
def looseness(amount: Amount) -> float:
    """How far off a figure may be: half of its last step (50 for 700, 12 for 725), and at most a share of it."""
    number, step = amount.figure, _last_step(amount.figure)
    is_rounded = amount.qualifier != "exact" or _is_round(number, step)
    most = _ROUNDED_POINTS if amount.is_share else _ROUNDED_BY * number
    return min(step / 2, most) if is_rounded else 0.0


@lru_cache(_REMEMBERED)
def said_between(amount: Amount) -> tuple[float, float]:
    """The numbers that a figure may be used of: "more than 700" of 744, "fewer than 1,000" of 967."""
    said, slack = amount.figure, looseness(amount)
    if amount.qualifier == "vague":
        return said, said * _VAGUE_UPWARDS
    # "At least 5,601" is a count, "more than 1.28 million" ends at 1.29.
    step = _last_step(said)
    bound = max(slack, _BOUNDED_BY * said if step >= _COUNTED_STEP * said else step - 1)
    if amount.is_share:
        bound = max(slack, _ONE_POINT)
    above = bound if amount.qualifier in ("more_than", "at_least") else slack
    below = bound if amount.qualifier in ("fewer_than", "nearly") else slack
    return said - below, said + above


def _is_said_of(amount: Amount, number: float) -> bool:
    low, high = said_between(amount)
    return low <= number <= high


def _is_round(number: float, step: float) -> bool:
    """Whether a number without a word such as "about" is taken for round: 2,500 is, and 1.04 million; 744 is not."""
    if number < _LARGE:
        return step >= _ROUND_STEP and number / step <= _ROUND_COUNT
    return step >= _LARGE_STEP and number / step <= _LARGE_COUNT


def _last_step(number: float) -> float:
    """The largest step that a whole number is a multiple of; 0 for one that is not whole."""
    return next(step for step in _STEPS if number % step == 0) if number == int(number) else 0
