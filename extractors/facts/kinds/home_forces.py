"""Officers without a nation -> are they the theatre's own police or army, by what is named, counted or spoken of?"""

from __future__ import annotations

from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Mark, Sentence
from extractors.facts.slots import actor_of
from extractors.records import Actor

# Police contingents lose their people one by one; more dead officers at once without a nation are the theatre's.
_MOST_OF_CONTINGENT = 5
# "two members of the international mission": so many words may stand between the people and the force.
MEMBER_REACH = 5


def home_force(context: Context, quantity: Quantity) -> str:
    """The theatre's army for soldiers, else its police."""
    kind = "army" if _are_soldiers(quantity) else "police"
    home = (a.id for a in context.mission.actors if a.type == kind and a.country == context.mission.theatre)
    return next(home, context.mission.theatre)


def _are_soldiers(quantity: Quantity) -> bool:
    return quantity.unit is not None and quantity.unit.unit_class == "soldiers"


# A police is spoken of for so many sentences.
_SPOKEN_REACH = 3


def tells_of_home_police(context: Context, reading: Reading, stop: int) -> bool:
    """As in "The PNH went into Bel-Air. Three officers were hurt.": its police was spoken of last, no contingent."""
    near: Reading | None = reading
    for _ in range(_SPOKEN_REACH):
        if near is None or near.sentence.in_title != reading.sentence.in_title:
            return False
        marks = [m for m in near.sentence.each() if near is not reading or m.i < stop]
        if any(_is_of_home_police(context, near.sentence, mark) for mark in marks):
            return True
        if any(is_named(context, mark) for mark in marks):
            return False
        near = near.before
    return False


def _is_of_home_police(context: Context, sentence: Sentence, mark: Mark) -> bool:
    """Its name, its people, or its posts ("the police station")."""
    return _is_home_force(context, mark) or _is_home(context, sentence, mark) or "police_post" in mark.entry.tags


def is_home_police(context: Context, reading: Reading, draft: Draft, quantity: Quantity) -> bool:
    """Too many for a contingent, named as the theatre's own, or some of the people killed ("two of them police")."""
    if quantity.value > _MOST_OF_CONTINGENT and draft.rule == "casualty.killed" and not _are_soldiers(quantity):
        return True
    sentence = reading.sentence
    after = sentence.marks[quantity.j : quantity.j + MEMBER_REACH]
    if any(_is_home_force(context, mark) for mark in after) and "of" in sentence.tags(quantity.j):
        return True
    before = [mark for mark in sentence.each() if mark.i < quantity.i]
    named = [m for m in before if _is_home(context, sentence, m) or is_named(context, m)]
    if named and _is_home(context, sentence, named[-1]):
        return True
    people = [q for q in reading.quantities if q.group == "civil" and q.figure[0] < quantity.figure[0]]
    return bool(people) and not any(is_named(context, mark) for mark in sentence.each())


def named_force(context: Context, mark: Mark | None) -> Actor | None:
    """The actor that a mark names, or that its noun of people belongs to ("Haitian police")."""
    unit = mark.entry.unit if mark is not None else None
    owner = unit.actor if unit is not None else None
    return actor_of(mark) or (context.actors.get(owner) if owner is not None else None)


def _is_home(context: Context, sentence: Sentence, mark: Mark) -> bool:
    """The home police by its name, or as "Haitian police", "la policía haitiana"."""
    actor, unit = actor_of(mark), mark.entry.unit
    if unit is not None and unit.actor is not None and unit.group == "force":
        return True
    if actor is None or actor.id != context.mission.theatre:
        return _is_home_force(context, mark)
    return any("police_word" in sentence.tags(k) for k in (mark.i - 1, mark.j))


def _is_home_force(context: Context, mark: Mark | None) -> bool:
    actor = actor_of(mark)
    return actor is not None and actor.type == "police" and actor.country == context.mission.theatre


def is_named(context: Context, mark: Mark) -> bool:
    """True where a contributor, the force or the mission is named: the officers may be theirs."""
    actor = actor_of(mark)
    return context.is_contributor(actor) or context.is_force(actor) or "mission_word" in mark.entry.tags
