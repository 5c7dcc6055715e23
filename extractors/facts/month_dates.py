"""Month in a sentence -> DateMention: with the day and year around it, "the 3rd of October", "April 1-5, 2025"."""

from __future__ import annotations

from datetime import date, timedelta

from extractors.facts.date_mention import Anchors, DateMention, Interval, month_or_day, read_day, read_year
from extractors.facts.date_ranges import OPEN, before_date
from extractors.facts.reading import Sentence
from extractors.facts.relative_dates import year_after


def read_month(sentence: Sentence, i: int, published: date | None, anchors: Anchors) -> DateMention | None:
    """The date whose month stands at token i; a month alone is a date too."""
    month, mark = sentence.entry(i).month, sentence.marks[i]
    first, end = i, mark.j if mark is not None else i + 1
    day, first = _day_before(sentence, i)
    last_day = None
    if day is None and _day(sentence, end) and not _counts(sentence, end + 1):
        day, end = _day(sentence, end), end + 1
        if "ordinal_sign" in sentence.tags(end):
            end += 1
        last_day, end = _last_of_two(sentence, day, end)
    since = _first_of_two(sentence, first) if day is not None and last_day is None else None
    year, end = _year_behind(sentence, end, published)
    known = anchors.period or anchors.day
    if year is None and published is None and known is not None:
        # Without a day of publication a month lies in the year that was last spoken of.
        year = known.past[1].year
    mention = _make_month(first, end, (year, month, last_day or day), published)
    if mention is None:
        return None
    if last_day is not None and day is not None:
        _stretch(mention, mention.i, day)
    elif since is not None and since[1] < mention.past[0].day:
        _stretch(mention, *since)
    return _narrow(sentence, mention, is_month=day is None)


def _day(sentence: Sentence, i: int) -> int | None:
    return read_day(sentence.low(i)) or (1 if "first_day" in sentence.tags(i) else None)


def _day_before(sentence: Sentence, i: int) -> tuple[int | None, int]:
    """(day, the token where the date begins) for "18 January", "3rd of October", "1er mai"."""
    day = _day(sentence, i - 1)
    if day is not None:
        mark = sentence.marks[i - 1]
        return day, mark.i if mark is not None else i - 1
    k = i - 2
    if "ordinal_sign" in sentence.tags(k) and _links_date(sentence, i - 1):
        k -= 1
    if _links_date(sentence, i - 1) or "ordinal_sign" in sentence.tags(i - 1):
        day = _day(sentence, k)
    return (day, k) if day is not None else (None, i)


def _year_behind(sentence: Sentence, end: int, published: date | None) -> tuple[int | None, int]:
    """(year, the token after the date) for "January 18, 2025", "enero de 2025", "August this year"."""
    year = read_year(sentence.low(end))
    if year is not None:
        return year, end + 1
    if sentence.low(end) == "," or _links_date(sentence, end):
        year = read_year(sentence.low(end + 1))
        if year is not None:
            return year, end + 2
    if sentence.entry(end).relative or sentence.tags(end) & {"of", "determiner"}:
        year, behind, basis = year_after(sentence, end, published)
        return (year, behind) if basis == "relative" else (None, end)
    return None, end


def _first_of_two(sentence: Sentence, first: int) -> tuple[int, int] | None:
    """As in "les 3 et 4 janvier", "between 6 and 11 December": (token, day) of the day that shares the month."""
    k = first - 1
    while sentence.tags(k) & {"determiner", "definite"} and "range_to" not in sentence.tags(k):
        k -= 1
    if not (sentence.tags(k) & {"conjunction", "range_to"} or sentence.low(k) in ("-", "–")):
        return None
    before = k - 2 if "ordinal_sign" in sentence.tags(k - 1) else k - 1
    day = _day(sentence, before)
    return (before, day) if day is not None and not sentence.entry(before - 1).month else None


def _last_of_two(sentence: Sentence, day: int | None, end: int) -> tuple[int | None, int]:
    """As in "April 1-5", "March 31 to April 1" not: (last day, the token after it) of days behind their month."""
    if day is None or not (sentence.low(end) in ("-", "–") or "range_to" in sentence.tags(end)):
        return None, end
    last = _day(sentence, end + 1)
    if last is None or last <= day or sentence.entry(end + 2).month or _counts(sentence, end + 2):
        return None, end
    return last, end + 2


def _stretch(mention: DateMention, token: int, day: int) -> None:
    mention.i = token
    mention.past = (mention.past[0].replace(day=day), mention.past[1])
    mention.future = (mention.future[0].replace(day=day), mention.future[1])


def _narrow(sentence: Sentence, mention: DateMention, *, is_month: bool) -> DateMention:
    """As in "the last day of March", "by the end of August", "the week of March 10": less or more than it names."""
    before = sentence.tags(mention.i - 1)
    if "last_day" in before or (is_month and "date_end" in before and is_by(sentence, mention.i)):
        mention.past = (mention.past[1], mention.past[1])
        mention.future = (mention.future[1], mention.future[1])
        mention.precision = "day"
    elif is_month and (days := _part_of_month(sentence.entry(mention.i - 1).relative or "")) is not None:
        _keep_days(mention, *days)
    elif "week_to" in before:
        mention.past = (mention.past[0] - timedelta(days=6), mention.past[1])
        mention.future = (mention.future[0] - timedelta(days=6), mention.future[1])
        mention.precision = "week"
    elif "week_of" in before:
        monday = mention.past[0] - timedelta(days=mention.past[0].weekday())
        mention.past = mention.future = (monday, monday + timedelta(days=6))
        mention.precision = "week"
    return mention


# First and last day of a half month.
_HALVES = {"1": (1, 15), "2": (16, 31)}


def _part_of_month(relative: str) -> tuple[int, int] | None:
    """(first, last day) of "the first two weeks of"; a first day below zero counts from the end of the month."""
    unit, _, rest = relative.partition(" ")
    if unit == "half":
        return _HALVES[rest]
    first, last = rest.split() if unit == "part" else ("", "")
    return (int(first), int(last)) if first else None


def _keep_days(mention: DateMention, first: int, last: int) -> None:
    """Narrows a month to some of its days."""
    mention.past = _days_of(mention.past, first, last)
    mention.future = _days_of(mention.future, first, last)
    mention.precision = "week"


def _days_of(month: Interval, first: int, last: int) -> Interval:
    end = month[1].day
    opens = first if first > 0 else end + first + 1
    return month[0].replace(day=opens), month[0].replace(day=min(last, end))


def is_by(sentence: Sentence, i: int) -> bool:
    """As in "by the end of August": what is told lies before the date at token i."""
    k = before_date(sentence, i)
    return bool(sentence.tags(k) & {"date_by", "until"})


def _counts(sentence: Sentence, i: int) -> bool:
    """As in "in May 20 officers", "congeló en febrero 9 millones": the number before is no day."""
    return sentence.entry(i).unit is not None or sentence.entry(i).number is not None


def _links_date(sentence: Sentence, i: int) -> bool:
    return "date_link" in sentence.tags(i)


# A day of a month without its year that lies so near ahead is that one, whatever the tense.
_SOON = timedelta(days=31)
# A year that has every day there can be.
_LEAP_YEAR = 2000


def _make_month(
    i: int, j: int, parts: tuple[int | None, int, int | None], published: date | None
) -> DateMention | None:
    year, month, day = parts
    precision = "day" if day else "month"
    if year is not None:
        interval = month_or_day(year, month, day)
        return None if interval is None else DateMention(i, j, interval, interval, precision, "explicit", month=month)
    if published is None:
        # Its year may stand at the other end of a range; alone it is dropped when the ranges are joined.
        interval = month_or_day(_LEAP_YEAR, month, day)
        return None if interval is None else DateMention(i, j, interval, interval, precision, OPEN, month=month)
    past = month_or_day(published.year, month, day)
    if past is not None and past[0] > published:
        past = month_or_day(published.year - 1, month, day)
    future = month_or_day(published.year, month, day)
    if future is not None and future[1] < published:
        future = month_or_day(published.year + 1, month, day)
    if past is None or future is None:
        return None
    if day and timedelta(0) < future[0] - published <= _SOON:
        # "On 1 April", in the last days of March, is never that of a year ago.
        past = future
    return DateMention(i, j, past, future, precision, "relative", month=month)
