"""People -> role: each named person and post once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.kinds.owners import put_role_actor
from extractors.facts.people import Person
from extractors.facts.reading import Sentence
from extractors.facts.tokens import fold


def read_roles(context: Context) -> Iterator[Draft]:
    """A role for every person whose post the text names, once however often it is told."""
    seen: dict[str, list[Person]] = {}
    for reading in context.readings:
        for person in reading.people:
            if person.role is None:
                continue
            known = seen.setdefault(fold(person.name.split()[-1]), [])
            if not any(_is_same(person, other) for other in known):
                yield _draft(context, reading, person)
                if person.second_role is not None:
                    second = replace(person, role=person.second_role, second_role=None)
                    yield _draft(context, reading, second)
            known.append(person)


def _is_same(person: Person, other: Person) -> bool:
    """One surname is one person, but for two given names that begin with different letters."""
    if person.post is not None and person.post is other.post:
        return True
    one, two = person.name.split(), other.name.split()
    return len(one) == 1 or len(two) == 1 or fold(one[0])[0] == fold(two[0])[0]


def _draft(context: Context, reading: Reading, person: Person) -> Draft:
    sentence = reading.sentence
    assert person.role is not None
    draft = Draft("role", f"role.{person.role_class}", sentence, sentence.span(*person.role))
    draft.put("person", sentence.span(person.i, person.j), person=person.name)
    draft.put("role", sentence.span(*person.role), role=sentence.words(*person.role))
    draft.fields.update(status="done", subkind=_subkind(reading, person))
    put_role_actor(context, reading, person, draft)
    return draft


# The verb that gives or takes a post stands so near to the person or the post.
_CHANGE_REACH = 4


def _subkind(reading: Reading, person: Person) -> str:
    """Holds the post, held it, was appointed to it, resigned from it or was replaced in it."""
    sentence = reading.sentence
    assert person.role is not None
    first, last = min(person.i, person.role[0]), max(person.j, person.role[1])
    near = range(max(0, first - _CHANGE_REACH), min(len(sentence.tokens), last + _CHANGE_REACH))
    outside = [
        k for k in near if not first <= k < last or person.role[1] <= k < person.i or person.j <= k < person.role[0]
    ]
    found = [tag for tag in _CHANGES if any(tag in sentence.tags(k) for k in outside)]
    if len(found) > 1 and _is_of_next(sentence, outside, first, last):
        # "dismissed X and named Y": what is said behind "and" is said of the other.
        found = [tag for tag in found if any(tag in sentence.tags(k) for k in outside if k < first)]
    return found[0] if found else "former" if person.is_former else "holds"


_CHANGES = ("appointed", "resigned", "replaced")


def _is_of_next(sentence: Sentence, outside: list[int], first: int, last: int) -> bool:
    """Whether a verb stands before somebody, and the other only behind a conjunction."""
    changes = [k for k in outside if sentence.tags(k) & set(_CHANGES)]
    before, after = [k for k in changes if k < first], [k for k in changes if k >= last]
    return (
        bool(before and after)
        and not any("conjunction" in sentence.tags(k) for k in range(before[-1] + 1, first))
        and any("conjunction" in sentence.tags(k) for k in range(last, after[0]))
    )
