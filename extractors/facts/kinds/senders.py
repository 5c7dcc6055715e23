"""Quantity -> who sends: the nation in the phrase, the subject, the agent, or whoever was spoken of last."""

from __future__ import annotations

from extractors.facts.context import Context, Reading
from extractors.facts.governing import Bid
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Sentence
from extractors.facts.slots import Found, actor_of, acts, find_subjects, resolve_focus


def find_senders(context: Context, reading: Reading, quantity: Quantity, bid: Bid) -> list[Found]:
    """The actors of a number of people, the likeliest place first; several for a list."""
    sentence = reading.sentence
    own = [(actor, mark, sentence) for mark in quantity.actors if (actor := actor_of(mark)) is not None]
    found = own or _behind(context, reading, quantity, bid)
    stop = min(bid.mark.i, quantity.i)
    found = found or _abroad(context, reading, stop)
    if not found and bid.mark.i <= quantity.i:
        found = _abroad(context, reading, quantity.i)
    if found or any("contributors" in sentence.tags(k) for k in range(stop)):
        return found
    return [] if bid.cue.kind == "strength" and names_others(context, sentence, stop) else resolve_focus(reading)


def names_others(context: Context, sentence: Sentence, stop: int) -> bool:
    """As in "Caricom members have 32 people": somebody acts before token `stop`, so nobody spoken of earlier does."""
    named = (sentence.marks[k] for k in range(stop))
    return any(mark is not None and actor_of(mark) is not None and acts(context, sentence, mark) for mark in named)


def _abroad(context: Context, reading: Reading, stop: int) -> list[Found]:
    subjects = find_subjects(context, reading, stop, senders=True)
    return [found for found in subjects if found[0].id != context.mission.theatre]


def _behind(context: Context, reading: Reading, quantity: Quantity, bid: Bid) -> list[Found]:
    """The subject of a clause that leans on the number, or the agent of a passive."""
    if bid.mark.i < quantity.j:
        return []
    inside = find_subjects(context, reading, bid.mark.i, start=quantity.j, senders=True)
    if not inside and _leans_back(reading.sentence, quantity.j, bid.mark.i):
        inside = find_subjects(context, reading, quantity.i, senders=True) or resolve_focus(reading)
    return inside or _agent(reading, bid)


def _leans_back(sentence: Sentence, first: int, last: int) -> bool:
    """As in "the 1,000 it had promised": the pronoun stands for the subject before the number."""
    return any("pronoun_group" in sentence.tags(k) for k in range(first, last))


def _agent(reading: Reading, bid: Bid) -> list[Found]:
    sentence = reading.sentence
    for k in range(bid.mark.j, min(bid.mark.j + 3, len(sentence.tokens))):
        if "by" in sentence.tags(k):
            for n in range(k + 1, min(k + 4, len(sentence.tokens))):
                actor, mark = actor_of(sentence.marks[n]), sentence.marks[n]
                if actor is not None and mark is not None and actor.type == "state":
                    return [(actor, mark, sentence)]
    return []
