"""Phrase of a claimant -> the actor behind it: whose minister, office, spokesman or police it is."""

from __future__ import annotations

from extractors.facts.acting import actor_of, acts
from extractors.facts.claimant import Phrase, type_of
from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.kinds.owners import last_body, police_in, put_role_actor
from extractors.facts.people import Person
from extractors.facts.reading import Mark
from extractors.facts.tokens import fold
from extractors.records import Actor


def find_owner(phrase: Phrase, head: Mark) -> Actor | None:
    """Whose head it is: named in the phrase ("the Kenyan foreign ministry"), or whoever "its" stands for."""
    sentence, context = phrase.sentence, phrase.context
    if "possessive" in phrase.opening:
        return _possessor(phrase)
    named = {id(m): m for m in sentence.marks[phrase.i : phrase.j] if m is not None and m is not head}.values()
    actors = [a for m in named if not m.is_compound and (a := actor_of(m)) is not None and _may_own(head, a)]
    tags = frozenset().union(*(sentence.tags(k) for k in range(phrase.i, phrase.j) if not head.i <= k < head.j))
    if actors:
        owner = next((actor for actor in actors if actor.type == "state" and head.entry.role), actors[0])
        is_police = owner.type == "state" and "police_word" in tags
        return police_of(context, owner) if is_police else _voice_of(context, owner)
    if "mission_word" in tags or _has_mission(phrase, head):
        return context.actors.get(context.force)
    return police_of(context, None) if "police_word" in tags and "body_noun" not in head.entry.tags else None


def find_state(phrase: Phrase) -> Actor | None:
    """The government of the state that the sentence is about; the theatre's own where none is named."""
    context, reading = phrase.context, phrase.reading
    marks = reading.sentence.each()
    named = [actor for mark in marks if mark.i < phrase.i and (actor := actor_of(mark)) is not None]
    states = [context.actors.get(actor.country or "") for actor in named if actor.type in ("state", "police", "army")]
    away = next((state for state in states if context.is_contributor(state)), None)
    has_place = any(mark.name is not None and mark.name.place is not None for mark in marks)
    if away is None and not states and not has_place and reading.focus is not None:
        away = actor_of(reading.focus[1])
    found = away or context.actors.get(context.mission.theatre)
    return None if found is None else _voice_of(context, found)


def find_holder(phrase: Phrase, head: Mark) -> Actor | None:
    """The body that an unnamed holder of a post speaks for ("the interior minister", "the force commander")."""
    sentence = phrase.sentence
    names = [m for m in sentence.marks[head.i : phrase.j] if m is not None and actor_of(m) is not None]
    person = Person(head.i, head.j, "", role=(head.i, head.j), role_class=head.entry.role, names=names)
    actor = _owner_of_post(phrase.context, phrase.reading, person)
    return None if actor is None else _voice_of(phrase.context, actor)


def police_of(context: Context, owner: Actor | None) -> Actor | None:
    """The police of an actor's country, of the theatre where there is none."""
    country = context.mission.theatre if owner is None or owner.country is None else owner.country
    return police_in(context, country) or owner


def find_full(context: Context, person: Person) -> Person:
    """The mention of the same person with a given name, so that "Otunge" is Godfrey Otunge; else this one."""
    if " " in person.name:
        return person
    surname = fold(person.name)
    people = (other for reading in context.readings for other in reading.people)
    return next((p for p in people if " " in p.name and fold(p.name.split()[-1]) == surname), person)


def type_of_person(context: Context, reading: Reading, person: Person) -> str | None:
    """The sort of body that a person speaks for: named in the post, known of the person, or whose post it is."""
    actor = next((a for m in person.names if (a := actor_of(m)) is not None), None)
    known = context.actors.get(person.post.actor) if person.post is not None else None
    if actor is not None or known is not None:
        return type_of(actor or known)
    if person.role_class == "local":
        return "government"
    if person.role is None or person.role_class not in ("state", "force"):
        return None
    return type_of(_owner_of_post(context, reading, person))


def _has_mission(phrase: Phrase, head: Mark) -> bool:
    """As in "porte-parole de la mission", where the lexicon has the whole as one post."""
    is_post = head.entry.role is not None
    return is_post and phrase.context.holds(phrase.sentence, range(head.i, head.j), "mission_word")


def _may_own(head: Mark, actor: Actor) -> bool:
    return actor.type != "gang" and (actor.type != "media" or "source_document" in head.entry.tags)


def _possessor(phrase: Phrase) -> Actor | None:
    """Whom "its", "son", "su" stand for: the first body that acts in the sentence."""
    for mark in phrase.sentence.each():
        actor = actor_of(mark)
        if mark.i < phrase.i and actor is not None and acts(phrase.context, phrase.sentence, mark):
            return _voice_of(phrase.context, actor)
    return phrase.context.actors.get(last_body(phrase.reading, phrase.i) or "")


def _voice_of(context: Context, actor: Actor) -> Actor:
    """The cabinet of the state where the mission works: it is an actor of its own."""
    if actor.id != context.mission.theatre:
        return actor
    return next((known for known in context.mission.actors if "cabinet" in known.roles), actor)


def _owner_of_post(context: Context, reading: Reading, person: Person) -> Actor | None:
    assert person.role is not None
    role = Draft("role", "role", reading.sentence, reading.sentence.span(*person.role))
    put_role_actor(context, reading, person, role)
    return context.actors.get(role.get("actor") or "")
