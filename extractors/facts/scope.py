"""Drafts -> those of this mission: what a sentence says of another mission's people is no claim of ours.

"Kenya has 700 police in Haiti and 1,410 soldiers in AUSSOM" is read twice, and each mission takes its own part. A word
that only one mission has (its force, its theatre, a place there) is an anchor; a sentence belongs to the mission of its
anchors, one without any to that of the sentence before it in the paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from extractors.facts.context import Context
from extractors.facts.drafts import Draft
from extractors.facts.names import NameEntry
from extractors.facts.reading import Mark, Sentence
from extractors.facts.tokens import fold

# Those who serve the theatre or fight it.
_HOME_TYPES = ("police", "army", "government", "gang")
# People and what they say are not bound to a mission: a president speaks of two in one breath.
_OF_PEOPLE = ("role", "statement")
# A clause of its own is as far away as so many words.
_CLAUSE = 12


class Scope(Enum):
    """Whose mission a sentence is about."""

    OURS = "ours"
    OTHER = "other"
    BOTH = "both"


def keep_ours(context: Context, drafts: list[Draft]) -> list[Draft]:
    """The drafts without those that belong to another mission."""
    if not any(_is_other(mark) for reading in context.readings for mark in reading.sentence.each()):
        return drafts
    scopes = _read_scopes(context)
    return [draft for draft in drafts if _is_ours(context, draft, scopes[id(draft.sentence)])]


def _read_scopes(context: Context) -> dict[int, Scope]:
    """The scope of every sentence: of the title on its own, of the body in its order."""
    whole = _of_document(context)
    scopes: dict[int, Scope] = {}
    last = whole
    before: Sentence | None = None
    for reading in context.readings:
        sentence = reading.sentence
        if before is None or sentence.in_title or _opens_paragraph(before, sentence):
            last = whole if whole is not Scope.OTHER else last
        own = own_scope(context, sentence)
        scopes[id(sentence)] = last = own or last
        before = sentence
    return scopes


def _of_document(context: Context) -> Scope:
    """What a paragraph without anchors is about: what the headline names, else the first sentence with an anchor."""
    titles = [reading for reading in context.readings if reading.sentence.in_title]
    found = (own_scope(context, reading.sentence) for reading in [*titles, *context.readings])
    return next((scope for scope in found if scope is not None), Scope.OURS)


def _opens_paragraph(before: Sentence, sentence: Sentence) -> bool:
    return "\n" in sentence.text[before.end : sentence.start]


def own_scope(context: Context, sentence: Sentence) -> Scope | None:
    """Whose names stand in the sentence itself; None where there are none."""
    kinds = {scope for _, scope in _anchors(context, sentence)}
    if len(kinds) == len((Scope.OURS, Scope.OTHER)):
        return Scope.BOTH
    return next(iter(kinds), None)


def _anchors(context: Context, sentence: Sentence) -> Iterator[tuple[Mark, Scope]]:
    for mark in sentence.each():
        for name in _names_of(context, sentence, mark):
            if name.is_elsewhere:
                yield mark, Scope.OTHER
            elif _is_own(context, name):
                yield mark, Scope.OURS


def _names_of(context: Context, sentence: Sentence, mark: Mark) -> Iterator[NameEntry]:
    """The name of a mark, or those that a phrase of the lexicon hides ("are in Haiti")."""
    if mark.name is not None:
        yield mark.name
        return
    for k in range(mark.i, mark.j) if mark.j - mark.i > 1 else ():
        beginning = context.names.begins(sentence.tokens[k].text)
        found = context.names.find(sentence.tokens, k, beginning.forms) if beginning is not None else None
        if found is not None:
            yield found.entry


def _is_other(mark: Mark) -> bool:
    return mark.name is not None and mark.name.is_elsewhere


def _is_own(context: Context, name: NameEntry) -> bool:
    actor, place = name.actor, name.place
    if place is not None and place.country == context.mission.theatre:
        return True
    if actor is None:
        return False
    is_home = actor.type in _HOME_TYPES and actor.country == context.mission.theatre
    return context.is_force(actor) or actor.id == context.mission.theatre or is_home


def _is_ours(context: Context, draft: Draft, scope: Scope) -> bool:
    if draft.kind in _OF_PEOPLE:
        return not _is_of_other(context, draft, scope)
    if scope is Scope.BOTH:
        return _nearest(context, draft) is not Scope.OTHER
    return scope is Scope.OURS


def _is_of_other(context: Context, draft: Draft, scope: Scope) -> bool:
    """A post in the other theatre's state, or in a force that only the sentence about it can mean."""
    actor = draft.get("actor")
    if actor in context.mission.other_theatres:
        return True
    if scope is not Scope.OTHER:
        return False
    if actor in (None, context.adversary, *context.mission.forces):
        return True
    return "actor" in draft.derived and not _is_known(context, draft.get("person"))


def _is_known(context: Context, person: str | None) -> bool:
    """True for somebody whose post the mission's folder holds."""
    return bool(person) and fold(str(person).split()[-1]) in context.names.posts


def _nearest(context: Context, draft: Draft) -> Scope | None:
    """In a sentence about both: the anchor that stands nearest to what is counted, clauses held apart."""
    sentence = draft.sentence
    start = draft.spans["value"][0][0] if draft.spans.get("value") else draft.trigger[0]
    at = next((k for k, token in enumerate(sentence.tokens) if token.end > start), 0)
    ranked = [(_way(sentence, at, mark), mark.i, scope) for mark, scope in _anchors(context, sentence)]
    return min(ranked, key=lambda each: each[:2])[2] if ranked else None


def _way(sentence: Sentence, at: int, mark: Mark) -> float:
    low, high = sorted((at, mark.i))
    breaks = sum(_breaks(sentence, k) for k in range(low, high))
    return high - low + _CLAUSE * breaks


def _breaks(sentence: Sentence, k: int) -> bool:
    tags = sentence.tags(k)
    return sentence.low(k) in (",", ";") or bool(tags & {"break", "conjunction"})
