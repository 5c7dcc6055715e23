"""Pronoun or title -> Speaker: the person named before for whom "he", "the minister", "l'élu" stands."""

from __future__ import annotations

from typing import NamedTuple

from extractors.facts.context import Reading
from extractors.facts.people import Person
from extractors.facts.reading import Mark
from extractors.facts.slots import actor_of
from extractors.facts.tokens import fold


class Speaker(NamedTuple):
    """A person, or a body named by a mark, in the reading that names them."""

    reading: Reading
    person: Person | None = None
    mark: Mark | None = None


# Sentences that a pronoun may look back.
_LOOK_BACK = 5


def find_holder(body: list[Reading], number: int, tokens: range) -> Speaker | None:
    """The person named before whom "the minister", "l'élu", "la diplomática" stands for."""
    sentence = body[number].sentence
    for k in tokens:
        mark = sentence.marks[k]
        if mark is None or mark.i != k or not (mark.entry.role or "person_noun" in mark.entry.tags):
            continue
        before = k - 1
        while sentence.tags(before) & {"role_modifier"}:
            before -= 1
        if not sentence.tags(before) & {"definite", "possessive"} and "definite_after" not in sentence.tags(mark.j):
            continue
        if _is_of_others(body, number, mark):
            return None
        return _holder_of(body, number, fold(sentence.words(mark.i, mark.j)), is_title=bool(mark.entry.role))
    return None


# "the spokesman of the American foreign ministry": so many tokens behind a post name whose it is.
_OWNER_REACH = 5


def _is_of_others(body: list[Reading], number: int, post: Mark) -> bool:
    """As in "El vocero de la cancillería estadounidense" after a Haitian: of a state that nobody before serves."""
    sentence = body[number].sentence
    if "of" not in sentence.tags(post.j) | sentence.tags(post.j - 1):
        return False
    near = (sentence.marks[k] for k in range(post.j, min(post.j + _OWNER_REACH, len(sentence.tokens))))
    states = {a.id for m in near if (a := actor_of(m)) is not None and a.type == "state"}
    before = earlier_person(body, number)
    if not states or before is None or before.person is None:
        return False
    theirs = {a.id for m in before.person.names if (a := actor_of(m)) is not None}
    return not states & theirs and bool(theirs or before.person.post is not None)


def _holder_of(body: list[Reading], number: int, title: str, *, is_title: bool) -> Speaker | None:
    for earlier in reversed(body[:number]) if is_title else ():
        for person in earlier.people:
            if person.role is not None and title in fold(earlier.sentence.words(*person.role)):
                return Speaker(earlier, person)
    return earlier_person(body, number)


def earlier_person(body: list[Reading], number: int) -> Speaker | None:
    """The person that the nearest of the sentences before speaks of first."""
    for back in range(number - 1, max(-1, number - 1 - _LOOK_BACK), -1):
        people = body[back].people
        if people:
            known = [p for p in people if p.role is not None or p.post is not None]
            return Speaker(body[back], (known or people)[0])
    return None
