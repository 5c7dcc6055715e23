"""Verb that may lead either way ("left", "will follow") -> does it lead home, or to the theatre, or is it not said?

"Another 150 departed on Friday" goes on with what was told: after a homecoming they go home as well.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractors.facts.context import Context, Reading
from extractors.facts.governing import Bid
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Mark, Sentence
from extractors.facts.slots import actor_of

_MOVEMENTS = ("deployment", "withdrawal")
# A movement goes on for so many sentences behind the one that tells where it leads.
_REACH = 2
# "left for Haiti", "set off on Monday for Port-au-Prince": so many tokens behind the verb.
_GOAL_REACH = 6
# "the 18 Jamaicans still in Haiti will leave": so many tokens before the number, for words of those who stay.
_STAYING_REACH = 3


def may_lead_either_way(sentence: Sentence, mark: Mark) -> bool:
    """As in "left", "departed", "will follow": verbs that do not tell where to."""
    return "either_way" in sentence.tags(mark.i)


def leads_home(context: Context, reading: Reading, quantity: Quantity, bid: Bid) -> bool:
    """True for those who were there, and for a movement that goes on with a homecoming."""
    sentence = reading.sentence
    if not may_lead_either_way(sentence, bid.mark) or _leads_out(context, sentence, bid.mark):
        return False
    told = _told_before(context, reading, bid.mark.i)
    if told is None and any("last_of" in sentence.tags(k) for k in range(quantity.i - _STAYING_REACH, quantity.i + 1)):
        # "Kenya's remaining 490 officers will all leave."
        return True
    return told == "withdrawal" or _are_there(context, sentence, quantity, bid)


def is_own_verb(reading: Reading, bid: Bid) -> bool:
    """True for a verb of the number's own clause that nothing but a time, a place or an end stands behind."""
    sentence, k = reading.sentence, bid.mark.j
    is_end = k >= len(sentence.tokens) or not sentence.tokens[k].is_word
    is_dated = any(mention.i == k for mention in reading.dates) or "timetable" in sentence.tags(k)
    return bid.cost <= _OWN_VERB and (is_end or is_dated or bool(sentence.tags(k) & _BEHIND_VERB))


# A verb further away is that of another clause.
_OWN_VERB = 4.0
_BEHIND_VERB = frozenset(["preposition", "place_preposition", "conjunction", "break", "role_link", "by"])


def _leads_out(context: Context, sentence: Sentence, mark: Mark) -> bool:
    for k in range(mark.j, min(mark.j + _GOAL_REACH, len(sentence.tokens))):
        if sentence.low(k) in (",", ";") or "break" in sentence.tags(k):
            return False
        name = sentence.name(k)
        is_there = name is not None and (
            (name.actor is not None and name.actor.id == context.mission.theatre) or name.place is not None
        )
        if is_there and sentence.tags(k - 1) & {"towards", "to"}:
            return True
    return False


def _are_there(context: Context, sentence: Sentence, quantity: Quantity, bid: Bid) -> bool:
    """As in "18 Jamaicans still in Haiti will leave", "the remaining 490", "those who stay, some 345"."""
    behind = range(quantity.j, max(quantity.j, bid.mark.i))
    around = (*range(max(0, quantity.i - _STAYING_REACH), quantity.j), *behind)
    if any("staying" in sentence.tags(k) for k in around):
        return True
    home = (actor_of(sentence.marks[k]) for k in behind)
    return any(a is not None and a.id == context.mission.theatre for a in home) and any(
        "at_present" in sentence.tags(k) for k in behind
    )


def _told_before(context: Context, reading: Reading, at: int) -> str | None:
    """The kind of the last movement before token `at` that says where it leads, in this sentence or those before."""
    near: Reading | None = reading
    last = context.counted
    for _ in range(_REACH + 1):
        if near is None or near.sentence.in_title != reading.sentence.in_title:
            return None
        if last is not None and last.sentence is near.sentence and last.kind in _MOVEMENTS:
            return last.kind
        told = [kind for i, kind in _directed(near.sentence) if near is not reading or i < at]
        if told:
            return told[-1]
        near = near.before
    return None


def _directed(sentence: Sentence) -> Iterator[tuple[int, str]]:
    for mark in sentence.each():
        if "departing" in mark.entry.tags:
            yield mark.i, "withdrawal"
            continue
        for cue in mark.entry.cues:
            if cue.kind in _MOVEMENTS and cue.takes != "after" and not may_lead_either_way(sentence, mark):
                yield mark.i, cue.kind
