"""Sentence -> Dates: absolute and relative dates as intervals, counted from the day of publication.

A weekday or a month without a year may lie on either side of that day: both readings are kept, and the claim's status
(planned or done) chooses. Without a day of publication such dates stay out.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from extractors.facts.date_mention import Anchors, DateMention, month_or_day, read_day, read_year
from extractors.facts.date_ranges import OPEN, join_dates, mark_speech
from extractors.facts.month_dates import is_by, read_month
from extractors.facts.reading import Mark, Sentence
from extractors.facts.relative_dates import read_relative


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
    inner = replace(anchors, is_own=False)
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
        return read_month(sentence, i, published, anchors)
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
    if "date_end" in sentence.tags(i - 1) and is_by(sentence, i):
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
