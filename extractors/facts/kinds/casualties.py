"""Victims -> casualty: one claim a harm; who is counted is the actor, who did it the target."""

from __future__ import annotations

from dataclasses import replace

from extractors.facts.bidding import NUMBER_OF
from extractors.facts.context import Context, Reading
from extractors.facts.date_mention import DateMention
from extractors.facts.drafts import Draft
from extractors.facts.governing import Bid
from extractors.facts.kinds.harmed import put_counted
from extractors.facts.kinds.values import new_draft
from extractors.facts.places import put_place
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Sentence
from extractors.facts.slots import nearest_date, put_date

# Numbers of this size beside a death are inhabitants ("in a nation of 11.5 million, 27 officers were killed").
_MOST_HARMED = 1_000_000
# A harm counted over longer than this many days is a running total, not one event.
_LONGEST_EVENT_DAYS = 10
_LONGEST_MONTH_DAYS = 31


def draft_casualty(context: Context, reading: Reading, quantity: Quantity, bid: Bid | None) -> Draft | None:
    """One draft; None for numbers that are no people."""
    subkind = bid.cue.subkind if bid is not None else quantity.unit.subkind if quantity.unit else None
    trigger = (bid.mark.i, bid.mark.j) if bid is not None else quantity.unit_at
    if trigger is None or (quantity.unit is None and quantity.value >= _MOST_HARMED) or _is_spared(reading, quantity):
        return None
    name = NUMBER_OF if bid is not None and bid.cue.name == NUMBER_OF else subkind
    draft = new_draft("casualty", f"casualty.{name}", reading, quantity, trigger)
    subkind = _combined(reading, quantity, bid) or subkind
    draft.fields.update(subkind=subkind, status="done")
    if quantity.unit is None:
        draft.put("unit", None, unit="person")
    put_counted(context, reading, draft, quantity)
    found = _find_date(context, reading, quantity, trigger[0])
    mention = found[1] if found is not None else None
    if found is not None:
        put_date(draft, found[1], future=False, sentence=found[0])
    put_place(context, reading, draft, trigger[0])
    is_event = found is not None and found[0] is not reading.sentence and found is not context.period
    is_local = is_event or draft.get("admin1") is not None
    draft.fields["measure"] = _measure(reading, bid, mention, is_local=is_local)
    if found is not None and draft.fields["measure"] == "cumulative":
        context.period = found
    if draft.get("place") is None:
        put_place(context, reading, draft, trigger[0])
    context.harm = draft
    return draft


# "None of the 150", "aucun des quelque 150": so many tokens.
_SPARED_REACH = 3


def _is_spared(reading: Reading, quantity: Quantity) -> bool:
    """As in "none of the 150 was hurt": the number counts those to whom nothing happened."""
    return any("none_of" in reading.sentence.tags(k) for k in range(quantity.i - _SPARED_REACH, quantity.i))


def _combined(reading: Reading, quantity: Quantity, bid: Bid | None) -> str | None:
    """As in "39 killed or injured", "killed, injured or kidnapped": one number for several harms."""
    if bid is None:
        return _combined_nouns(reading, quantity)
    sentence, harms, k = reading.sentence, {bid.cue.subkind}, bid.mark.j
    if "range_or" in sentence.tags(bid.mark.i - 1):
        harms |= {cue.subkind for cue in sentence.entry(bid.mark.i - 2).cues if cue.kind == "casualty"}
    while k < len(sentence.tokens):
        if _joins_harm(reading, k) or (sentence.low(k) == "," and _names_harm(sentence, k + 1)):
            harms |= {cue.subkind for cue in sentence.entry(k + 1).cues if cue.kind == "casualty"}
            mark = sentence.marks[k + 1] if k + 1 < len(sentence.marks) else None
            k = mark.j if mark is not None else k + 2
        else:
            break
    if {"killed", "injured", "kidnapped"} <= harms:
        return "killed_injured_or_kidnapped"
    return "killed_or_injured" if {"killed", "injured"} <= harms else None


def _combined_nouns(reading: Reading, quantity: Quantity) -> str | None:
    """As in "2.500 muertos o heridos", "2 500 morts et blessés": one number, two nouns."""
    sentence, at = reading.sentence, quantity.unit_at
    if at is None or quantity.unit is None or not _joins_harm(reading, at[1]):
        return None
    other = sentence.entry(at[1] + 1)
    harms = {quantity.unit.subkind, *(cue.subkind for cue in other.cues)}
    if other.unit is not None:
        harms.add(other.unit.subkind)
    return "killed_or_injured" if {"killed", "injured"} <= harms else None


def _joins_harm(reading: Reading, k: int) -> bool:
    """As in "killed or injured"; "and" too, where the second harm has nobody of its own ("killed and hurt three")."""
    sentence = reading.sentence
    if "range_or" in sentence.tags(k):
        return True
    second = sentence.marks[k + 1] if k + 1 < len(sentence.marks) else None
    if second is None or "conjunction" not in sentence.tags(k):
        return False
    return not any(quantity.i <= second.j < quantity.j for quantity in reading.quantities)


def _names_harm(sentence: Sentence, k: int) -> bool:
    follows = sentence.marks[k] if k < len(sentence.marks) else None
    is_harm = any(cue.kind == "casualty" for cue in sentence.entry(k).cues)
    return is_harm and follows is not None and "range_or" in sentence.tags(follows.j)


def _find_date(context: Context, reading: Reading, quantity: Quantity, at: int) -> tuple[Sentence, DateMention] | None:
    near = nearest_date(reading, at) or nearest_date(reading, quantity.figure[0])
    if near is not None:
        return reading.sentence, _began(near) if quantity.value == 1 else near
    event = _event_before(reading)
    if event is not None:
        return event
    period = context.period
    if period is None or period[0].in_title != reading.sentence.in_title or not _continues(reading, period[0]):
        return None
    return period


def _began(mention: DateMention) -> DateMention:
    """As in "porté disparu depuis mardi": one person goes missing on the day since which he is."""
    if not mention.is_since or mention.precision != "day":
        return mention
    return replace(mention, past=(mention.past[0], mention.past[0]), is_since=False)


# An attack is told in the sentence with its day and goes on for two more.
_EVENT_REACH = 2


def _event_before(reading: Reading) -> tuple[Sentence, DateMention] | None:
    """As in "Gunmen attacked the town on Monday. 13 people were killed.": the day of the attack told just before."""
    if reading.sentence.in_title or _sums_up(reading.sentence):
        return None
    before = reading.before
    for _ in range(_EVENT_REACH):
        if before is None or before.sentence.in_title:
            return None
        if any("event" in mark.entry.tags for mark in before.sentence.each()) and not _sums_up(before.sentence):
            days = [d for d in before.dates if d.precision in ("day", "month") and not d.is_since]
            return (before.sentence, days[0]) if len(days) == 1 else None
        before = before.before
    return None


def _sums_up(sentence: Sentence) -> bool:
    return any(mark.entry.tags & {"ongoing_sum", "same_period"} for mark in sentence.each())


# A report keeps to its period for some sentences; further on it speaks of something else.
_PERIOD_REACH = 6


def _continues(reading: Reading, since: Sentence) -> bool:
    """True while an account of a period goes on: no single event is told, or the sentence says "as well"."""
    tags = frozenset().union(*(mark.entry.tags for mark in reading.sentence.each()), frozenset())
    if "same_period" in tags:
        return True
    return "event" not in tags and reading.sentence.index - since.index <= _PERIOD_REACH


def _measure(reading: Reading, bid: Bid | None, mention: DateMention | None, *, is_local: bool) -> str:
    if bid is not None and bid.cue.measure is not None:
        return bid.cue.measure
    if mention is not None:
        start, end = mention.past
        # "In October 115 people were killed in Pont-Sondé" dates one event by its month.
        if is_local and mention.precision == "month" and (end - start).days <= _LONGEST_MONTH_DAYS:
            return "flow"
        return "cumulative" if (end - start).days > _LONGEST_EVENT_DAYS or mention.is_since else "flow"
    sentence = reading.sentence
    if any("ongoing_sum" in sentence.tags(k) for k in range(len(sentence.tokens))):
        return "cumulative"
    return "flow"
