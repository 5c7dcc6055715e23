"""DateMentions -> DateMentions: two that make one date or one range, and "since" with what it reaches to."""

from __future__ import annotations

from datetime import date, timedelta

from extractors.facts.date_mention import DateMention
from extractors.facts.reading import Mark, Sentence

# The basis of a month whose year is not known.
OPEN = "open"


def join_dates(sentence: Sentence, found: list[DateMention], published: date | None) -> list[DateMention]:
    """Joins ("Saturday, January 18", "from April to June") and opens ("since January") the dates of a sentence."""
    joined: list[DateMention] = []
    for mention in _join_weekdays(sentence, found):
        last = joined[-1] if joined else None
        if last is not None and (_are_successive(sentence, last, mention) or _is_range(sentence, last, mention)):
            joined[-1] = _span_range(last, mention, _end_of(sentence, mention))
            continue
        if published is not None and not mention.is_since and _is_since(sentence, mention, published):
            mention.is_since = True
            mention.past = (mention.past[0], max(published, mention.past[0]))
        joined.append(mention)
    return [mention for mention in joined if mention.basis != OPEN]


# "Since the drones first went up in March": so many tokens may stand between the word and its date.
_SINCE_REACH = 8
# What began earlier than this goes on ("the attacks begun on 27 January"); "launched on Tuesday" is one attack.
_GOES_ON = timedelta(days=7)


def _is_since(sentence: Sentence, mention: DateMention, published: date) -> bool:
    """As in "since late March", "since the drones first went up in March"."""
    k = before_date(sentence, mention.i)
    if "since" in sentence.tags(k):
        return True
    if "begun" in sentence.tags(k) or ("begun" in sentence.tags(k - 1) and "preposition" in sentence.tags(k)):
        return published - mention.past[0] > _GOES_ON
    for n in range(k, max(-1, k - _SINCE_REACH), -1):
        if "since" in sentence.tags(n) and sentence.entry(n).relative is None:
            return n == 0 or sentence.low(n - 1) in (",", ";") or "conjunction" in sentence.tags(n - 1)
        if sentence.low(n) in (",", ";", ":") or sentence.entry(n).month or sentence.entry(n).weekday >= 0:
            return False
    return False


def mark_speech(sentence: Sentence, dates: list[DateMention]) -> None:
    """Marks the days beside a verb of saying: "police said on Monday", "on Monday the minister announced"."""
    for mention in dates:
        if mention.precision not in _SPOKEN:
            continue
        before = range(mention.i - 1, max(-1, mention.i - 1 - _SAID_BEFORE), -1)
        after = range(mention.j, mention.j + _SAID_AFTER)
        mention.is_speech = _meets_said(sentence, before) or _meets_said(sentence, after)


_SPOKEN = frozenset(["day", "week", "month"])
# "told reporters in the Kenyan capital on Monday", "en un comunicado difundido el lunes".
_SAID_BEFORE = 6
_SAID_AFTER = 2


def _meets_said(sentence: Sentence, tokens: range) -> bool:
    for k in tokens:
        tags = sentence.tags(k)
        if "forewarning" in tags or ("event" in tags and _is_foreseen(sentence, k)):
            return True
        if tags & {"said", "press"} and not sentence.tags(k - 1) & {"article", "be"}:
            return True
        if sentence.low(k) in (",", ";", ":") or tags & {"break", "event"} or sentence.entry(k).cues:
            return False
    return False


def _is_foreseen(sentence: Sentence, k: int) -> bool:
    """As in "word of a planned attack on Saturday", "une attaque imminente": the day is that of the warning."""
    return "foreseen" in sentence.tags(k - 1) | sentence.tags(k + 1)


def before_date(sentence: Sentence, i: int) -> int:
    """The token before a date and the words of its edge: "since the end of", "from early", "entre el"."""
    k = i - 1
    while sentence.tags(k) & _EDGE and not sentence.tags(k) & _LINKS:
        k -= 1
    return k


_EDGE = frozenset(["determiner", "date_edge", "date_end", "article"])
_LINKS = frozenset(["range_from", "range_to", "since", "until"])


def _join_weekdays(sentence: Sentence, found: list[DateMention]) -> list[DateMention]:
    """As in "Saturday, January 18, 2025" and "Monday of last week", which are one date each."""
    joined: list[DateMention] = []
    for mention in found:
        last = joined[-1] if joined else None
        if last is None or last.basis != "weekday":
            joined.append(mention)
        elif mention.precision == "day" and mention.month and mention.i - last.j <= 1:
            mention.i = last.i
            joined[-1] = mention
        elif mention.precision == "week" and mention.basis == "relative" and _leans(sentence, last.j, mention.i):
            day = mention.past[0] + timedelta(days=(last.past[0].weekday() - mention.past[0].weekday()) % 7)
            joined[-1] = DateMention(last.i, mention.j, (day, day), (day, day), "day", "relative")
        else:
            joined.append(mention)
    return joined


def _leans(sentence: Sentence, first: int, last: int) -> bool:
    """True where only "of the" stands between: "mardi de la semaine dernière"."""
    return all(sentence.tags(k) & {"of", "determiner", "date_link"} for k in range(first, last))


def _is_range(sentence: Sentence, first: DateMention, second: DateMention) -> bool:
    """True for "from A to B", "between A and B", "A - B", "April to June"."""
    if OPEN == second.basis != first.basis:
        return False
    if _begins(sentence, first.i) and "as_of" in sentence.tags(second.i - 1):
        return first.precision == second.precision
    if first.is_since and "until" not in sentence.tags(first.j):
        return False
    sign = sentence.low(first.j)
    if sign in ("-", "–", "/") and second.i - first.j == 1:
        return first.precision == second.precision
    link = sentence.marks[before_date(sentence, second.i)]
    if link is None or link.i != first.j or "range_to" not in link.entry.tags or _stands_alone(sentence, first, link):
        return False
    is_opened = "range_from" in sentence.tags(before_date(sentence, first.i)) | sentence.tags(first.i - 1)
    are_alike = first.precision == second.precision and "conjunction" not in sentence.tags(first.j)
    return is_opened or first.is_since or are_alike


def _stands_alone(sentence: Sentence, first: DateMention, link: Mark) -> bool:
    """As in "extended on September 30 until October 2": the day of the vote, and that of the end."""
    if "until" not in link.entry.tags:
        return False
    k = before_date(sentence, first.i)
    tags = sentence.tags(k) | sentence.tags(first.i - 1)
    return first.precision == "day" and "preposition" in tags and not tags & {"range_from", "since"}


def _are_successive(sentence: Sentence, first: DateMention, second: DateMention) -> bool:
    """As in "in February and March": two months that follow each other are one span."""
    are_months = first.precision == second.precision == "month" and bool(first.month) and bool(second.month)
    is_next = second.month == first.month % 12 + 1 and second.i - first.j == 1
    return are_months and is_next and "conjunction" in sentence.tags(first.j)


def _begins(sentence: Sentence, i: int) -> bool:
    """As in "the offensive launched on 27 January": what began on that day, and is counted up to the next."""
    k = before_date(sentence, i)
    return bool((sentence.tags(k) | sentence.tags(k - 1)) & {"begun", "since"})


# "Until mid-August": up to its fifteenth day.
_MIDDLE = 15


def _end_of(sentence: Sentence, second: DateMention) -> date:
    is_middle = "middle" in sentence.tags(second.i - 1) or sentence.low(second.i).startswith(("mid-", "mi-"))
    end = second.past[1]
    return end.replace(day=_MIDDLE) if is_middle and second.precision == "month" else end


def _span_range(first: DateMention, second: DateMention, end: date) -> DateMention:
    start = first.past[0]
    if first.basis == "weekday" and start > end:
        start -= timedelta(days=7)
    elif first.month and first.basis != "explicit" and second.basis == "explicit":
        start = _in_year(start, second.past[0].year - (start.month > second.past[0].month))
    elif start > end and first.month and second.month:
        # "Between January and June", told in January: both months lie in the year of the second.
        start = _in_year(start, second.past[0].year - (start.month > second.past[0].month))
    precision = first.precision if first.precision == second.precision else "month"
    past = (min(start, end), end)
    opens = first.future[0] if first.future[0] <= second.future[1] else first.past[0]
    future = (opens, second.future[1]) if opens <= second.future[1] else past
    future = past if second.basis == "explicit" else future
    return DateMention(first.i, second.j, past, future, precision, second.basis, month=second.month)


def _in_year(day: date, year: int) -> date:
    """The same day of another year; the 29th of February is the 28th where there is none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
