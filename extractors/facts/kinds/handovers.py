"""Bases given up -> control: a camp handed over to the theatre's forces is ground that they hold from that day.

"The Burundians handed over their base in Jowhar to the Somali National Army": the actor is who receives it, the target
who gave it. A base without a place ("two bases") gives no claim: nobody could say which ground it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.kinds.area_phrases import is_place
from extractors.facts.kinds.verb_moods import is_refused
from extractors.facts.places import place_fields
from extractors.facts.reading import Mark, Sentence
from extractors.facts.slots import (
    actor_of,
    find_subjects,
    is_future,
    nearest_date,
    put_actor,
    put_date,
    put_implied_actor,
)
from extractors.records import Actor

# "handed over two of its forward operating bases", "a base in the town of Jowhar": so many tokens lie between.
_BASE_REACH = 8
_PLACE_REACH = 7
# Who may receive a base.
_RECEIVERS = ("army", "police", "government", "state")


def read_handovers(context: Context) -> Iterator[Draft]:
    """A draft for each named base that changes hands."""
    for reading in context.readings:
        marks = reading.sentence.each()
        verb = next((mark for mark in marks if "hand_over" in mark.entry.tags), None)
        if verb is None or is_refused(reading.sentence, verb.i):
            continue
        base = _base_of(reading.sentence, verb)
        for place in _places_of(context, reading.sentence, base) if base is not None else ():
            yield _draft(context, reading, verb, place)


def _base_of(sentence: Sentence, verb: Mark) -> Mark | None:
    """The base nearest the verb, behind it or, in the passive, before it."""
    bases = [mark for mark in sentence.each() if "base" in mark.entry.tags and abs(mark.i - verb.i) <= _BASE_REACH]
    return min(bases, key=lambda mark: abs(mark.i - verb.i), default=None)


def _places_of(context: Context, sentence: Sentence, base: Mark) -> list[Mark]:
    """The places right beside the base: "the base in Jowhar", "bases at Barawe and Marka", "the Biyo Adde base"."""
    found: list[Mark] = []
    for mark in sentence.each():
        near = found[-1].j if found else base.j
        if is_place(context, mark) and (0 <= mark.i - near <= _PLACE_REACH or 0 <= base.i - mark.j <= 1):
            found.append(mark)
    return found


def _draft(context: Context, reading: Reading, verb: Mark, place: Mark) -> Draft:
    sentence = reading.sentence
    draft = Draft("control", "control.handed_over", sentence, sentence.span(verb.i, verb.j))
    planned = is_future(reading, verb.i)
    draft.fields.update(subkind="held", status="planned" if planned else "done", measure="stock")
    assert place.name is not None
    assert place.name.place is not None
    text, span = sentence.words(place.i, place.j), sentence.span(place.i, place.j)
    draft.put("place", span, **place_fields(place.name.place, text, "explicit"))
    _put_receiver(context, reading, draft, verb)
    mention = nearest_date(reading, verb.i)
    if mention is not None:
        put_date(draft, mention, future=planned)
    return draft


def _put_receiver(context: Context, reading: Reading, draft: Draft, verb: Mark) -> None:
    """The theatre's force named after the verb, else its army, else the state; and who gave it as the target."""
    behind = [mark for mark in reading.sentence.each() if mark.i > verb.j and _may_receive(context, actor_of(mark))]
    actor = actor_of(behind[0]) if behind else None
    if actor is not None:
        put_actor(draft, (actor, behind[0], reading.sentence))
    else:
        armies = (a.id for a in context.mission.actors if a.type == "army" and a.country == context.mission.theatre)
        put_implied_actor(context, draft, next(armies, context.mission.theatre))
    givers = [found for found in find_subjects(context, reading, verb.i) if not _may_receive(context, found[0])]
    if givers:
        put_actor(draft, givers[0], slot="target")


def _may_receive(context: Context, actor: Actor | None) -> bool:
    return actor is not None and actor.type in _RECEIVERS and actor.country == context.mission.theatre
