"""Sentence -> Dates: absolute and relative dates as intervals, counted from the day of publication.

A weekday or a month without a year may lie on either side of that day: both readings are kept, and the claim's status
(planned or done) chooses. Without a day of publication such dates stay out.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from extractors.facts.date_mention import Anchors, DateMention, month_interval, month_or_day, read_day, read_year
from extractors.facts.date_ranges import OPEN, before_date, join_dates, mark_speech
from extractors.facts.reading import Mark, Sentence
from extractors.facts.relative_dates import read_relative, year_after

__all__ = ["Anchors", "DateMention", "month_interval", "read_dates"]


def read_dates(sentence: Sentence, published: date | None, anchors: Anchors | None = None) -> list[DateMention]:
    """The dates of a sentence in order, ranges joined.

    Args:
        anchors: the dates of the sentences before, moved on by those found here.
    """
    found: list[DateMention] = []
    stop = 0
    anchors = anchors if anchors is not None else Anchors()
    openings = _openings(sentence)
    if not openings:
        return found
    # A range is one anchor, but its first date is read before it is known to be one.
    inner = replace(anchors)
    for i in openings:
        mention = _read_one(sentence, i, published, inner) if i >= stop else None
        if mention is None:
            continue
        if found and found[-1].j > mention.i:
            mention.i = found[-1].j
        found.append(mention)
        if mention.basis != OPEN:
            inner.note(mention)
        stop = max(mention.j, i + 1)
    joined = [mention for mention in join_dates(sentence, found, published) if not _is_compared(sentence, mention.i)]
    mark_speech(sentence, joined)
    for mention in joined:
        if not mention.is_echo:
            anchors.note(mention)
    return joined


# "de plus qu'en 2023", "más que el año anterior": so many tokens between the comparison and its date.
_COMPARED_REACH = 3


def _is_compared(sentence: Sentence, i: int) -> bool:
    """As in "1,000 more than in 2023": what is compared with, and the day of nothing that is told here."""
    near = range(max(0, i - _COMPARED_REACH), i)
    at = next((k for k in near if "comparison" in sentence.tags(k)), None)
    return at is not None and not any(sentence.low(k) == "," for k in range(at, i))


def _openings(sentence: Sentence) -> list[int]:
    """The tokens at which a date can be read: words of dates, and four digits."""
    worded = [
        k
        for mark in sentence.each()
        if mark.entry.month
        or mark.entry.relative is not None
        or mark.entry.weekday >= 0
        or "day_word" in mark.entry.tags
        for k in range(mark.i, mark.j)
    ]
    years = [k for k, token in enumerate(sentence.tokens) if len(token.text) == 4 and token.text.isdigit()]
    return sorted({*worded, *years}) if worded and years else worded or years


def _read_one(sentence: Sentence, i: int, published: date | None, anchors: Anchors) -> DateMention | None:
    entry = sentence.entry(i)
    if entry.month and _is_counting(sentence, i):
        return None
    if entry.month and (
        sentence.tokens[i].is_capital or "lower_months" in entry.tags or not _is_ambiguous(sentence, i)
    ):
        return _read_month(sentence, i, published, anchors)
    mark = sentence.marks[i]
    if entry.relative is not None and mark is not None:
        return read_relative(sentence, mark, published, anchors)
    if entry.weekday >= 0 and mark is not None:
        return _read_weekday(sentence, mark, published)
    if "day_word" in entry.tags and mark is not None:
        return _read_day_of_month(sentence, mark, published)
    return _read_year(sentence, i) or _read_iso(sentence, i)


def _is_ambiguous(sentence: Sentence, i: int) -> bool:
    """As in "may" and "march", which are verbs, and "mar", which is the sea, unless a day stands before them."""
    if read_day(sentence.low(i - 1)):
        return False
    return "modal" in sentence.tags(i) or bool(sentence.entry(i).tags) or sentence.low(i) in ("may", "march", "mar")


def _is_counting(sentence: Sentence, i: int) -> bool:
    """As in French "Sept États": a number word that also shortens a month is one only behind a day or before a stop."""
    is_plain = sentence.entry(i).number is not None and sentence.low(i + 1) != "."
    return is_plain and not read_day(sentence.low(i - 1)) and read_year(sentence.low(i + 1)) is None


def _day(sentence: Sentence, i: int) -> int | None:
    return read_day(sentence.low(i)) or (1 if "first_day" in sentence.tags(i) else None)


def _read_month(sentence: Sentence, i: int, published: date | None, anchors: Anchors) -> DateMention | None:
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
    if "last_day" in before or (is_month and "date_end" in before and _is_by(sentence, mention.i)):
        mention.past = (mention.past[1], mention.past[1])
        mention.future = (mention.future[1], mention.future[1])
        mention.precision = "day"
    elif "week_to" in before:
        mention.past = (mention.past[0] - timedelta(days=6), mention.past[1])
        mention.future = (mention.future[0] - timedelta(days=6), mention.future[1])
        mention.precision = "week"
    elif "week_of" in before:
        monday = mention.past[0] - timedelta(days=mention.past[0].weekday())
        mention.past = mention.future = (monday, monday + timedelta(days=6))
        mention.precision = "week"
    return mention


def _is_by(sentence: Sentence, i: int) -> bool:
    k = before_date(sentence, i)
    return bool(sentence.tags(k) & {"date_by", "until"})


def _counts(sentence: Sentence, i: int) -> bool:
    return sentence.entry(i).unit is not None


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


def _read_weekday(sentence: Sentence, mark: Mark, published: date | None) -> DateMention | None:
    """The last such day and the next one; "last Friday" and "next Friday" leave no choice."""
    if published is None:
        return None
    weekday, around = mark.entry.weekday, sentence.tags(mark.i - 1) | sentence.tags(mark.j)
    past = published - timedelta(days=(published.weekday() - weekday) % 7)
    future = published + timedelta(days=(weekday - published.weekday()) % 7)
    if "next_day" in around:
        past = future = future if future > published else future + timedelta(days=7)
    elif "lasting" in around and past == published:
        past -= timedelta(days=7)
    return DateMention(mark.i, mark.j, (past, past), (future, future), "day", "weekday")


def _read_day_of_month(sentence: Sentence, mark: Mark, published: date | None) -> DateMention | None:
    """As in "el pasado día 11": the last such day and the next one; a month behind it is read with its month."""
    day = read_day(sentence.low(mark.j))
    after = mark.j + 1 + ("date_link" in sentence.tags(mark.j + 1))
    if published is None or day is None or sentence.entry(after).month:
        return None
    past = future = published
    while past.day != day:
        past -= timedelta(days=1)
    while future.day != day:
        future += timedelta(days=1)
    return DateMention(mark.i, mark.j + 1, (past, past), (future, future), "day", "weekday")


def _read_year(sentence: Sentence, i: int) -> DateMention | None:
    year = read_year(sentence.low(i))
    if year is None or sentence.entry(i + 1).unit is not None or "legal_number" in sentence.tags(i - 1):
        return None
    bracketed = sentence.low(i - 1) == "(" and sentence.low(i + 1) == ")"
    if bracketed or not (
        sentence.tags(i - 1) & {"year_after", "date_edge", "date_end"} or sentence.low(i - 1) in ("-", ",", "", "the")
    ):
        return None
    interval = (date(year, 1, 1), date(year, 12, 31))
    if "date_end" in sentence.tags(i - 1) and _is_by(sentence, i):
        interval = (interval[1], interval[1])
    return DateMention(i, i + 1, interval, interval, "year", "explicit")


def _read_iso(sentence: Sentence, i: int) -> DateMention | None:
    if read_year(sentence.low(i)) is None:
        return None
    words = [sentence.low(i + k) for k in range(5)]
    if words[1] != "-" or words[3] != "-" or not (words[2] + words[4]).isdigit():
        return None
    interval = month_or_day(int(words[0]), int(words[2]), int(words[4])) if 1 <= int(words[2]) <= 12 else None
    return None if interval is None else DateMention(i, i + 5, interval, interval, "day", "explicit")
