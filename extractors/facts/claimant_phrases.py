"""Noun phrase -> Claimant: who the subject of a verb of saying is, by its actor or by its head noun.

"The mission", "police", "its interior minister" and "the UN migration agency" are the actors that they stand for; who
has no name keeps the words ("a survivor") and the sort of source that the head noun is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from extractors.facts.acting import actor_of
from extractors.facts.claimant import Claimant, Phrase, type_of
from extractors.facts.claimant_heads import UNNAMED, end_of_core, find_head, is_noun
from extractors.facts.claimant_owners import (
    find_full,
    find_holder,
    find_owner,
    find_state,
    police_of,
    type_of_person,
)
from extractors.facts.kinds.owners import last_body
from extractors.facts.people import Person
from extractors.facts.reading import Mark
from extractors.records import Actor


def read_claimant(phrase: Phrase, *, is_plain: bool) -> Claimant | None:
    """The claimant that a phrase names; None where it names none.

    Args:
        is_plain: even an unknown noun stands where nothing but a claimant can.
    """
    sentence = phrase.sentence
    person = next((p for p in phrase.reading.people if phrase.i <= p.i < phrase.j and sentence.low(p.j) != "'s"), None)
    if person is not None and not _is_object(phrase, person):
        return _of_person(phrase, person)
    bracketed = _bracketed(phrase)
    if bracketed is not None:
        return phrase.named(bracketed)
    if sentence.entry(phrase.i).number is not None and "article" not in phrase.opening:
        return phrase.worded("anonymous") if is_plain and phrase.j - phrase.i > 1 else None
    head = find_head(phrase)
    if head is not None:
        return _of_head(phrase, head)
    return phrase.worded(None) if is_plain and is_noun(phrase) else None


def _of_person(phrase: Phrase, person: Person) -> Claimant:
    """A person under the full name, in the words of the text: "Otunge", "le maire Massillon Jean"."""
    is_whole = person.j == phrase.j and phrase.sentence.low(person.j) != ","
    first, last = (phrase.i, phrase.j) if is_whole else (person.i, person.j)
    full = find_full(phrase.context, person)
    name = full.post.person if full.post is not None else full.name
    return Claimant(phrase.sentence, first, last, name, type_of_person(phrase.context, phrase.reading, person))


def _is_object(phrase: Phrase, person: Person) -> bool:
    """As in "relatives of Constable Jean Petit", "a lawyer of Jimmy Chérizier": no post leads to the name."""
    sentence = phrase.sentence
    end = end_of_core(sentence, phrase.i, person.i)
    if end < person.i and any(sentence.tags(k) & UNNAMED.keys() for k in range(phrase.i, end)):
        return True
    is_led = bool(sentence.tags(person.i - 1) & {"preposition", "place_preposition"})
    return person.role is None and person.i > phrase.i and is_led


def _bracketed(phrase: Phrase) -> Actor | None:
    """The acronym behind a body's name: "la Oficina Integrada de las Naciones Unidas (Binuh)"."""
    sentence, j = phrase.sentence, phrase.j
    if sentence.low(j) != "(" or sentence.low(j + 2) != ")":
        return None
    actor = actor_of(sentence.marks[j + 1])
    return None if actor is None or actor.type == "state" else actor


def _of_head(phrase: Phrase, head: Mark) -> Claimant | None:
    if actor_of(head) is not None:
        return _of_name(phrase, head)
    if head.entry.post is not None:
        return _of_post(phrase, head)
    if "source_self" in head.entry.tags:
        return None
    owner = find_owner(phrase, head)
    if "source_document" in head.entry.tags:
        return _of_document(phrase, head, owner)
    find = next((find for fits, find in _STANDING if fits(phrase, head)), None)
    actor = find(phrase, head, owner) if find is not None else None
    return phrase.worded(_kind_of(head)) if actor is None else phrase.named(actor)


def _of_name(phrase: Phrase, head: Mark) -> Claimant | None:
    """A name is a claimant, but for a people ("Kenyans") and for a part of one ("Haiti's" people)."""
    actor = actor_of(head)
    is_people = head.name is not None and head.name.form == "adjective"
    if actor is None or is_people or phrase.sentence.low(head.j) == "'s":
        return None
    return Claimant(phrase.sentence, head.i, head.j, actor.id, type_of(actor))


# "the mayor of Cabaret", "la mairie de la commune de Cabaret": so many small words stand before the place.
_PLACE_REACH = 4
_BESIDE_PLACE = frozenset(["of", "determiner", "place_noun"])


def _of_post(phrase: Phrase, post: Mark) -> Claimant | None:
    """A post with the place that it is of; None where it is one of many, or somebody spoken to or of."""
    sentence = phrase.sentence
    if "article" in sentence.tags(post.i - 1) or sentence.entry(post.i - 1).number is not None:
        return None
    end = post.j
    for k in range(post.j, min(post.j + _PLACE_REACH, len(sentence.tokens))):
        name, mark = sentence.name(k), sentence.marks[k]
        if name is not None and name.place is not None:
            end = mark.j if mark is not None else k + 1
            break
        if not sentence.tags(k) & _BESIDE_PLACE:
            break
    return replace(phrase, i=post.i, j=end).worded("government")


def _of_document(phrase: Phrase, head: Mark, owner: Actor | None) -> Claimant | None:
    """As in "a UN report", "un premier bilan de la police": whoever made it; nobody says what nobody signed."""
    if owner is not None:
        return phrase.named(owner)
    tags = phrase.sentence.tags
    k = next((n for n in range(head.j - 1, phrase.j) if tags(n) & {"of", "from", "by"}), None)
    inner = None if k is None or k + 1 >= phrase.j else replace(phrase, i=k + 1)
    maker = None if inner is None else find_head(inner)
    if inner is None or maker is None or "source_document" in maker.entry.tags:
        return None
    return _of_head(inner, maker)


def _kind_of(head: Mark) -> str | None:
    """As in "residents said", "according to a police source", "their union said"."""
    tags = head.entry.tags
    return next((kind for tag, kind in UNNAMED.items() if tag in tags), "ngo" if "body_noun" in tags else None)


def _has(*classes: str) -> Callable[[Phrase, Mark], bool]:
    return lambda _, head: bool(head.entry.tags & set(classes))


def _is_counted_body(phrase: Phrase, head: Mark) -> bool:
    """As in "Haitian police", which are also people that are counted."""
    return _counted(phrase, head) is not None


def _counted(phrase: Phrase, head: Mark) -> Actor | None:
    actor = phrase.context.actors.get(head.entry.unit.actor or "") if head.entry.unit is not None else None
    return actor if actor is not None and actor.type == "police" else None


def _force(phrase: Phrase, head: Mark, owner: Actor | None) -> Actor | None:
    """As in "the mission", "misyon an"; not "its mission in New York", "a mission"."""
    is_definite = "definite" in phrase.opening and "possessive" not in phrase.opening
    if is_definite or "definite_after" in phrase.sentence.tags(head.j):
        return phrase.context.actors.get(phrase.context.force)
    return owner


# Whose offices and agencies speak for the whole; a union of policemen does not speak for the police.
_OWNING = frozenset(["un", "government"])


def _body(phrase: Phrase, head: Mark, owner: Actor | None) -> Actor | None:
    """As in "a UN agency", and "the agency" after UNICEF."""
    if owner is not None:
        return owner if owner.type in _OWNING else None
    is_echo = "definite" in phrase.opening and phrase.j == head.j
    return phrase.context.actors.get(last_body(phrase.reading, phrase.i) or "") if is_echo else None


Find = Callable[[Phrase, Mark, Actor | None], Actor | None]

# Which actor a noun stands for, by its class; the first that fits. Whose words are those of the body that they are of
# ("a UN official") has no actor without an owner.
_STANDING: tuple[tuple[Callable[[Phrase, Mark], bool], Find], ...] = (
    (_is_counted_body, lambda phrase, head, _: _counted(phrase, head)),
    (_has("un_chief"), lambda phrase, _, owner: owner or phrase.context.actors.get("UN")),
    (lambda _, head: head.entry.role is not None, lambda phrase, head, owner: owner or find_holder(phrase, head)),
    (_has("mission_word"), _force),
    (_has("police_word"), lambda phrase, _, owner: police_of(phrase.context, owner)),
    (_has("state_body"), lambda phrase, _, owner: owner or find_state(phrase)),
    (
        _has("source_government", "source_anonymous", "source_un", "source_mission", "person_noun"),
        lambda _phrase, _head, owner: owner,
    ),
    (_has("body_noun"), _body),
)
