"""Words -> DateMention: what counts from the day of publication ("last week") or from a date before ("a day later")."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from extractors.facts.date_mention import (
    Anchors,
    DateMention,
    Interval,
    month_interval,
    month_or_day,
    months_from,
    read_year,
)
from extractors.facts.reading import Mark, Sentence

Stepped = tuple[Interval, str]


def read_relative(sentence: Sentence, mark: Mark, published: date | None, anchors: Anchors) -> DateMention | None:
    """A phrase of the lexicon's table of relative dates; None where it has nothing to count from."""
    unit, _, rest = (mark.entry.relative or "").partition(" ")
    if unit == "part" or (unit == "half" and sentence.entry(mark.j).month):
        # "The first week of March", "the second half of June": read with their month (month_dates.py).
        return None
    part = _part_of_year(unit, rest)
    if part is not None:
        return _read_part(sentence, mark, part, published)
    if unit == "span":
        return _read_span(sentence, mark, rest, published, anchors)
    if unit.startswith("~"):
        return _read_anchored(sentence, mark, (unit[1:], int(rest or 0)), published, anchors)
    return _read_counted(sentence, mark, (unit, rest), published) if published is not None else None


def _read_counted(sentence: Sentence, mark: Mark, meaning: tuple[str, str], published: date) -> DateMention | None:
    unit, rest = meaning
    if unit == "todate":
        return _read_to_date(sentence, mark, rest, published)
    if unit == "fixed":
        return _read_feast(sentence, mark, int(rest), published)
    interval, precision = _STEPS[unit](published, int(rest))
    return DateMention(mark.i, mark.j, interval, interval, precision, "relative")


def _part_of_year(unit: str, rest: str) -> tuple[int, int] | None:
    """(first month, number of months) of a half, a quarter or a run of months."""
    if unit == "months":
        first, count = rest.split()
        return int(first), int(count)
    return _PARTS[unit](int(rest)) if unit in _PARTS else None


# First month and number of months of a part of a year.
_PARTS: dict[str, Callable[[int], tuple[int, int]]] = {
    "half": lambda n: (6 * n - 5, 6),
    "quarter_of": lambda n: (3 * n - 2, 3),
    "months_of": lambda n: (1, n),
    "last_months_of": lambda n: (13 - n, n),
}


def _read_part(sentence: Sentence, mark: Mark, part: tuple[int, int], published: date | None) -> DateMention | None:
    """As in "the first half of 2024", "the first quarter of this year", "in the second quarter"."""
    first, count = part
    year, end, basis = year_after(sentence, mark.j, published)
    if year is None and published is not None:
        # "In the second quarter" is the last one that has begun.
        year, end, basis = published.year - (first > published.month), mark.j, "relative"
    if year is None:
        return None
    interval = months_from(year, first, count)
    return DateMention(mark.i, end, interval, interval, "quarter", basis)


def year_after(sentence: Sentence, j: int, published: date | None) -> tuple[int | None, int, str]:
    """(year, the token after it, basis) of "of 2024", "of last year"."""
    while sentence.tags(j) & {"of", "date_link", "determiner"} and sentence.entry(j).relative is None:
        j += 1
    mark = sentence.marks[j] if j < len(sentence.marks) else None
    year = read_year(sentence.low(j))
    if year is not None:
        return year, j + 1, "explicit"
    if mark is not None and (mark.entry.relative or "").startswith("year") and published is not None:
        return published.year + int((mark.entry.relative or "year 0").split()[1]), mark.j, "relative"
    return None, j, ""


def _read_to_date(sentence: Sentence, mark: Mark, unit: str, published: date) -> DateMention | None:
    """As in "so far this year", "en lo que va de 2025": from the first day to that of publication."""
    year, end, _ = year_after(sentence, mark.j, published)
    if year is not None and year != published.year:
        return None
    start = published.replace(month=1, day=1) if unit == "year" else published.replace(day=1)
    interval = (start, published)
    return DateMention(mark.i, end if year else mark.j, interval, interval, unit, "relative", is_since=True)


def _read_feast(sentence: Sentence, mark: Mark, month_and_day: int, published: date) -> DateMention | None:
    """As in "by Christmas": the last one and the next one, or that of the year that follows."""
    month, day = divmod(month_and_day, 100)
    year, end, _ = year_after(sentence, mark.j, published)
    if year is not None:
        that = date(year, month, day)
        return DateMention(mark.i, end, (that, that), (that, that), "day", "explicit")
    this = date(published.year, month, day)
    past = this if this <= published else this.replace(year=this.year - 1)
    future = this if this >= published else this.replace(year=this.year + 1)
    return DateMention(mark.i, mark.j, (past, past), (future, future), "day", "relative")


def _read_span(
    sentence: Sentence, mark: Mark, unit: str, published: date | None, anchors: Anchors
) -> DateMention | None:
    """As in "three days ago", "a week earlier", "over the past six months", "depuis deux ans", "hace un mes"."""
    count, first, has_lasting = _count_before(sentence, mark.i)
    before, after, end = sentence.tags(first - 1), sentence.tags(mark.j), mark.j
    if count is None:
        # "wiki mbili zilizopita": the number stands behind what it counts.
        count, first, end = _count_after(sentence, mark.j), mark.i, mark.j + 1
        before, after = sentence.tags(first - 1), sentence.tags(end)
    if count is None:
        return None
    if published is not None and ("lasting" in before | after or has_lasting or "since" in before):
        interval = (_back(published, unit, count)[0][0], published)
        return DateMention(first, end, interval, interval, "week", "relative", is_since="since" in before)
    if published is not None and ("ago" in after or "ago_before" in before):
        interval, precision = _back(published, unit, count)
        if unit == "year" and any("to_the_day" in sentence.tags(k) for k in range(end, end + 3)):
            interval, precision = _anniversary(published, count), "day"
        return DateMention(first, end, interval, interval, precision, "relative")
    step = count * (("later_than" in after) - ("earlier_than" in after))
    return _read_step(sentence, (first, end), unit, step, anchors)


def _read_step(sentence: Sentence, at: tuple[int, int], unit: str, step: int, anchors: Anchors) -> DateMention | None:
    """As in "two days later", "a week before the vote": so far from the day that was told before."""
    anchor, (first, end) = anchors.day, at
    if anchors.is_own and _names_what_was_before(sentence, end):
        # "on Thursday, two days after Y": X was told with its day, and the phrase dates Y.
        step = -step
    elif _opens_clause(sentence, end):
        return None
    if not step or anchor is None:
        return None
    interval, precision = _back(anchor.past[0], unit, -step)
    if anchor.precision == "month" and precision == "day":
        return None
    return DateMention(first, end + 1, interval, interval, precision, "relative")


def _opens_clause(sentence: Sentence, k: int) -> bool:
    """As in "three weeks after the first 200 landed": what it is counted from follows, and was not told before."""
    return "break" in sentence.tags(k) and bool(sentence.tags(k + 1) & {"definite", "relative", "possessive"})


def _anniversary(published: date, years: int) -> Interval:
    """As in "il y a un an jour pour jour"."""
    found = month_or_day(published.year - years, published.month, published.day)
    return found or month_interval(published.year - years, published.month)


def _names_what_was_before(sentence: Sentence, k: int) -> bool:
    """As in "two days after 70 Salvadorans", "deux jours après l'annonce"; not "two days later"."""
    follows = k + 1 if sentence.low(k + 1)[:1].isalnum() else None
    return follows is not None and "break" in sentence.tags(k) and "conjunction" not in sentence.tags(follows)


def _count_before(sentence: Sentence, i: int) -> tuple[int | None, int, bool]:
    """(number, its token, whether a word for "last" stands between) in front of a word for a span of time."""
    k, has_lasting = i - 1, False
    while "lasting" in sentence.tags(k):
        k, has_lasting = k - 1, True
    number, text = sentence.entry(k).number, sentence.low(k)
    if text.isdigit() and len(text) <= 2:
        return int(text), k, has_lasting
    if number is not None and number[0] in ("unit", "tens"):
        return int(number[1]), k, has_lasting
    if "article" in sentence.tags(k):
        return 1, k, has_lasting
    return None, k, has_lasting


def _count_after(sentence: Sentence, j: int) -> int | None:
    number, text = sentence.entry(j).number, sentence.low(j)
    if not sentence.tags(j + 1) & {"ago", "lasting", "later_than", "earlier_than"}:
        return None
    if text.isdigit() and len(text) <= _LONGEST_COUNT:
        return int(text)
    return int(number[1]) if number is not None and number[0] in ("unit", "tens") else None


# Nobody counts back a hundred weeks.
_LONGEST_COUNT = 2


def _back(day: date, unit: str, count: int) -> Stepped:
    """The day, month or year that lies `count` units before a day."""
    if unit == "day":
        return _step_day(day, -count)
    if unit == "week":
        return _step_day(day, -7 * count)
    return _step_month(day, -count) if unit == "month" else _step_year(day, -count)


def _read_anchored(
    sentence: Sentence, mark: Mark, meaning: tuple[str, int], published: date | None, anchors: Anchors
) -> DateMention | None:
    """As in "that night", "the next day", "in the same quarter", "since then"."""
    unit, step = meaning
    if unit == "since" and published is not None and anchors.day is not None:
        interval = (anchors.day.past[0], max(published, anchors.day.past[0]))
        return DateMention(mark.i, mark.j, interval, interval, "day", "relative", is_since=True)
    if unit in ("period", "report"):
        period = anchors.period if unit == "period" else anchors.report
        if period is None or sentence.tags(mark.j) & {"range_from", "of"} or sentence.entry(mark.j).month:
            return None
        return DateMention(mark.i, mark.j, period.past, period.past, period.precision, "relative", is_echo=True)
    anchor = anchors.period if unit == "quarter" else anchors.day
    if unit not in _STEPS or anchor is None or (unit == "day" and anchor.precision != "day"):
        return None
    interval, precision = _STEPS[unit](anchor.past[0], step)
    return DateMention(mark.i, mark.j, interval, interval, precision, "relative", is_echo=unit == "quarter")


def _step_day(published: date, step: int) -> Stepped:
    day = published + timedelta(days=step)
    return (day, day), "day"


def _step_days(published: date, step: int) -> Stepped:
    return (published + timedelta(days=step), published), "week"


def _step_week(published: date, step: int) -> Stepped:
    monday = published - timedelta(days=published.weekday()) + timedelta(weeks=step)
    return (monday, monday + timedelta(days=6)), "week"


def _step_weekend(published: date, step: int) -> Stepped:
    sunday = published - timedelta(days=(published.weekday() + 1) % 7) + timedelta(weeks=step)
    return (sunday - timedelta(days=1), sunday), "week"


def _step_month(published: date, step: int) -> Stepped:
    count = published.year * 12 + published.month - 1 + step
    return month_interval(count // 12, count % 12 + 1), "month"


def _step_quarter(published: date, step: int) -> Stepped:
    count = published.year * 4 + (published.month - 1) // 3 + step
    return months_from(count // 4, count % 4 * 3 + 1, 3), "quarter"


def _step_year(published: date, step: int) -> Stepped:
    year = published.year + step
    return (date(year, 1, 1), date(year, 12, 31)), "year"


def _step_year_end(published: date, step: int) -> Stepped:
    found = month_or_day(published.year + step, 12, 31)
    assert found is not None
    return found, "day"


def _step_month_end(published: date, step: int) -> Stepped:
    last = _step_month(published, step)[0][1]
    return (last, last), "day"


_STEPS: dict[str, Callable[[date, int], Stepped]] = {
    "day": _step_day,
    "days": _step_days,
    "week": _step_week,
    "weekend": _step_weekend,
    "month": _step_month,
    "quarter": _step_quarter,
    "year": _step_year,
    "year_end": _step_year_end,
    "month_end": _step_month_end,
}
