"""Sentence -> Dates: absolute and relative dates as intervals, counted from the day of publication.

A weekday or a month without a year may lie on either side of that day: both readings are kept, and the claim's status
(planned or done) chooses. Without a day of publication such dates stay out.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from extractors.facts.reading import Sentence

_YEARS = range(1990, 2061)
Interval = tuple[date, date]


@dataclass(slots=True)
class DateMention:
    """A date over tokens i to j: how it reads of the past and of the future."""

    i: int
    j: int
    past: Interval
    future: Interval
    precision: str
    basis: str
    is_since: bool = False
    month: int = 0
    is_by: bool = False


def read_dates(sentence: Sentence, published: date | None) -> list[DateMention]:
    """The dates of a sentence in order, ranges joined."""
    found: list[DateMention] = []
    stop = 0
    for i in _openings(sentence):
        mention = _read_one(sentence, i, published) if i >= stop else None
        if mention is None:
            continue
        if found and found[-1].j > mention.i:
            mention.i = found[-1].j
        found.append(mention)
        stop = max(mention.j, i + 1)
    if not found:
        return found
    return _join_ranges(sentence, _join_weekdays(found), published)


def _openings(sentence: Sentence) -> list[int]:
    """The tokens at which a date can be read: words of dates, and four digits."""
    worded = [
        k
        for mark in sentence.each()
        if mark.entry.month or mark.entry.relative is not None or mark.entry.weekday >= 0
        for k in range(mark.i, mark.j)
    ]
    years = [k for k, token in enumerate(sentence.tokens) if len(token.text) == 4 and token.text.isdigit()]
    return sorted({*worded, *years}) if worded and years else worded or years


def month_interval(year: int, month: int) -> Interval:
    """First and last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _read_one(sentence: Sentence, i: int, published: date | None) -> DateMention | None:
    entry = sentence.entry(i)
    if entry.month and (
        sentence.tokens[i].is_capital or "lower_months" in entry.tags or not _is_ambiguous(sentence, i)
    ):
        return _read_month(sentence, i, published)
    mark = sentence.marks[i]
    if entry.relative is not None and mark is not None:
        return _read_relative(sentence, mark.i, mark.j, entry.relative, published)
    if entry.weekday >= 0 and mark is not None:
        return _read_weekday(mark.i, mark.j, entry.weekday, published)
    return _read_year(sentence, i) or _read_iso(sentence, i)


def _is_ambiguous(sentence: Sentence, i: int) -> bool:
    """As in "may" and "march" are verbs unless written with a capital."""
    return "modal" in sentence.tags(i) or bool(sentence.entry(i).tags) or sentence.low(i) in ("may", "march")


def _day(sentence: Sentence, i: int) -> int | None:
    text = sentence.tokens[i].text if 0 <= i < len(sentence.tokens) else ""
    if text.isdigit() and len(text) <= 2 and 1 <= int(text) <= 31:
        return int(text)
    return 1 if "first_day" in sentence.tags(i) else None


def _year(sentence: Sentence, i: int) -> int | None:
    text = sentence.tokens[i].text if 0 <= i < len(sentence.tokens) else ""
    return int(text) if len(text) == 4 and text.isdigit() and int(text) in _YEARS else None


def _read_month(sentence: Sentence, i: int, published: date | None) -> DateMention | None:
    month, first, end = sentence.entry(i).month, i, i + 1
    mark = sentence.marks[i]
    end = mark.j if mark is not None else end
    day = _day(sentence, i - 1)
    if day is not None:
        first = i - 1
    elif (_links_date(sentence, i - 1) and _day(sentence, i - 2)) or (
        "ordinal_sign" in sentence.tags(i - 1) and _day(sentence, i - 2)
    ):
        day, first = _day(sentence, i - 2), i - 2
    elif _day(sentence, end) and not _counts(sentence, end + 1):
        day, end = _day(sentence, end), end + 1
        if "ordinal_sign" in sentence.tags(end):
            end += 1
    since = _first_of_two(sentence, first) if day is not None else None
    year = _year(sentence, end)
    if year is None and (sentence.low(end) == "," or _links_date(sentence, end)) and _year(sentence, end + 1):
        year, end = _year(sentence, end + 1), end + 1
    end = end + 1 if year is not None else end
    mention = _make_month(first, end, (year, month, day), published)
    if mention is not None and since is not None and since[1] < mention.past[0].day:
        _stretch(mention, *since)
    return mention


def _first_of_two(sentence: Sentence, first: int) -> tuple[int, int] | None:
    """As in "les 3 et 4 janvier", "between 6 and 11 December": (token, day) of the day that shares the month."""
    k = first - 1
    while sentence.tags(k) & {"determiner", "definite"}:
        k -= 1
    if not (sentence.tags(k) & {"conjunction", "range_to"} or sentence.low(k) in ("-", "–")):
        return None
    day = _day(sentence, k - 1)
    return (k - 1, day) if day is not None and not sentence.entry(k - 2).month else None


def _stretch(mention: DateMention, token: int, day: int) -> None:
    mention.i = token
    mention.past = (mention.past[0].replace(day=day), mention.past[1])
    mention.future = (mention.future[0].replace(day=day), mention.future[1])


def _counts(sentence: Sentence, i: int) -> bool:
    return sentence.entry(i).unit is not None


def _links_date(sentence: Sentence, i: int) -> bool:
    return "date_link" in sentence.tags(i)


def _make_month(
    i: int, j: int, parts: tuple[int | None, int, int | None], published: date | None
) -> DateMention | None:
    year, month, day = parts
    precision = "day" if day else "month"
    if year is not None:
        interval = _month_or_day(year, month, day)
        return None if interval is None else DateMention(i, j, interval, interval, precision, "explicit", month=month)
    if published is None:
        return None
    past = _month_or_day(published.year, month, day)
    if past is not None and past[0] > published:
        past = _month_or_day(published.year - 1, month, day)
    future = _month_or_day(published.year, month, day)
    if future is not None and future[1] < published:
        future = _month_or_day(published.year + 1, month, day)
    if past is None or future is None:
        return None
    return DateMention(i, j, past, future, precision, "relative", month=month)


def _month_or_day(year: int, month: int, day: int | None) -> Interval | None:
    if day is None:
        return month_interval(year, month)
    try:
        return date(year, month, day), date(year, month, day)
    except ValueError:
        return None


def _read_weekday(i: int, j: int, weekday: int, published: date | None) -> DateMention | None:
    if published is None:
        return None
    past = published - timedelta(days=(published.weekday() - weekday) % 7)
    future = published + timedelta(days=(weekday - published.weekday()) % 7)
    return DateMention(i, j, (past, past), (future, future), "day", "weekday")


def _read_year(sentence: Sentence, i: int) -> DateMention | None:
    year = _year(sentence, i)
    if year is None or sentence.entry(i + 1).unit is not None or "legal_number" in sentence.tags(i - 1):
        return None
    bracketed = sentence.low(i - 1) == "(" and sentence.low(i + 1) == ")"
    if bracketed or not ("year_after" in sentence.tags(i - 1) or sentence.low(i - 1) in ("-", ",", "", "the")):
        return None
    interval = (date(year, 1, 1), date(year, 12, 31))
    return DateMention(i, i + 1, interval, interval, "year", "explicit")


def _read_iso(sentence: Sentence, i: int) -> DateMention | None:
    if _year(sentence, i) is None:
        return None
    words = [sentence.low(i + k) for k in range(5)]
    if words[1] != "-" or words[3] != "-" or not (words[2] + words[4]).isdigit():
        return None
    interval = _month_or_day(int(words[0]), int(words[2]), int(words[4])) if 1 <= int(words[2]) <= 12 else None
    return None if interval is None else DateMention(i, i + 5, interval, interval, "day", "explicit")


def _read_relative(sentence: Sentence, i: int, j: int, meaning: str, published: date | None) -> DateMention | None:
    unit, step = meaning.split()
    if unit in ("half", "quarter_of"):
        return _read_part(sentence, i, j, (unit, int(step)), published)
    if published is None:
        return None
    interval, precision = _RELATIVE[unit](published, int(step))
    return DateMention(i, j, interval, interval, precision, "relative")


def _read_part(sentence: Sentence, i: int, j: int, part: tuple[str, int], published: date | None) -> DateMention | None:
    """As in "the first half of 2024", "the first quarter of this year", "in the second quarter"."""
    own_end = j
    while "date_link" in sentence.tags(j) or "determiner" in sentence.tags(j):
        j += 1
    year, end = _year(sentence, j), j + 1
    basis = "explicit"
    mark = sentence.marks[j] if j < len(sentence.marks) else None
    if year is None and mark is not None and (mark.entry.relative or "").startswith("year") and published is not None:
        year, end, basis = published.year + int((mark.entry.relative or "year 0").split()[1]), mark.j, "relative"
    months = 6 if part[0] == "half" else 3
    first = 1 + months * (part[1] - 1)
    if year is None and published is not None:
        # "In the second quarter" is the last one that has begun.
        year, end, basis = published.year - (first > published.month), own_end, "relative"
    if year is None:
        return None
    interval = (date(year, first, 1), month_interval(year, first + months - 1)[1])
    return DateMention(i, end, interval, interval, "quarter", basis)


def _step_day(published: date, step: int) -> tuple[Interval, str]:
    day = published + timedelta(days=step)
    return (day, day), "day"


def _step_days(published: date, step: int) -> tuple[Interval, str]:
    return (published + timedelta(days=step), published), "week"


def _step_week(published: date, step: int) -> tuple[Interval, str]:
    monday = published - timedelta(days=published.weekday()) + timedelta(weeks=step)
    return (monday, monday + timedelta(days=6)), "week"


def _step_weekend(published: date, step: int) -> tuple[Interval, str]:
    sunday = published - timedelta(days=(published.weekday() + 1) % 7) + timedelta(weeks=step)
    return (sunday - timedelta(days=1), sunday), "week"


def _step_month(published: date, step: int) -> tuple[Interval, str]:
    count = published.year * 12 + published.month - 1 + step
    return month_interval(count // 12, count % 12 + 1), "month"


def _step_quarter(published: date, step: int) -> tuple[Interval, str]:
    count = published.year * 4 + (published.month - 1) // 3 + step
    year, first = count // 4, count % 4 * 3 + 1
    return (date(year, first, 1), month_interval(year, first + 2)[1]), "quarter"


def _step_year(published: date, step: int) -> tuple[Interval, str]:
    year = published.year + step
    return (date(year, 1, 1), date(year, 12, 31)), "year"


_RELATIVE = {
    "day": _step_day,
    "days": _step_days,
    "week": _step_week,
    "weekend": _step_weekend,
    "month": _step_month,
    "quarter": _step_quarter,
    "year": _step_year,
}


def _join_weekdays(found: list[DateMention]) -> list[DateMention]:
    """As in "Saturday, January 18, 2025" is one date, "Monday of last week" stays two."""
    joined: list[DateMention] = []
    for mention in found:
        last = joined[-1] if joined else None
        if (
            last
            and last.basis == "weekday"
            and mention.precision == "day"
            and mention.month
            and mention.i - last.j <= 1
        ):
            mention.i = last.i
            joined.pop()
        joined.append(mention)
    return joined


def _join_ranges(sentence: Sentence, found: list[DateMention], published: date | None) -> list[DateMention]:
    joined: list[DateMention] = []
    for mention in found:
        last = joined[-1] if joined else None
        if last is not None and _is_range(sentence, last, mention):
            joined[-1] = _span_range(last, mention)
            continue
        if "since" in sentence.tags(mention.i - 1):
            mention.is_since = True
            mention.past = (mention.past[0], max(published or mention.past[1], mention.past[0]))
        joined.append(mention)
    return joined


def _is_range(sentence: Sentence, first: DateMention, second: DateMention) -> bool:
    linked = second.i - first.j == 1 and ("range_to" in sentence.tags(first.j) or sentence.low(first.j) in "-–")
    before = first.i - 1
    while "determiner" in sentence.tags(before):
        before -= 1
    return linked and ("range_from" in sentence.tags(before) or sentence.low(first.j) in ("-", "–"))


def _span_range(first: DateMention, second: DateMention) -> DateMention:
    start = first.past[0]
    if first.month and first.basis != "explicit" and second.basis == "explicit":
        start = start.replace(year=second.past[0].year - (start.month > second.past[0].month), day=1)
    elif start > second.past[1] and first.month and second.month:
        # "Between January and June", told in January: both months lie in the year of the second.
        start = start.replace(year=second.past[0].year - (start.month > second.past[0].month))
    precision = first.precision if first.precision == second.precision else "month"
    interval = (min(start, second.past[1]), second.past[1])
    return DateMention(first.i, second.j, interval, interval, precision, second.basis, month=second.month)
