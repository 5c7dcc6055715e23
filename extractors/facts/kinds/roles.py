"""People -> role: each named person and post once."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.people import Person
from extractors.facts.reading import Mark
from extractors.facts.slots import Found, actor_of, put_actor, put_implied_actor, resolve_focus
from extractors.facts.tokens import fold


def read_roles(context: Context) -> Iterator[Draft]:
    """A role for every person whose post the text names; the same surname and actor count once."""
    seen: set[str] = set()
    for reading in context.readings:
        for person in reading.people:
            if person.role is None:
                continue
            key = fold(person.name.split()[-1])
            if key not in seen:
                seen.add(key)
                yield _draft(context, reading, person)


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
    for tag in ("appointed", "resigned", "replaced"):
        if any(tag in sentence.tags(k) for k in outside):
            return tag
    return "former" if person.is_former else "holds"


def put_role_actor(context: Context, reading: Reading, person: Person, draft: Draft) -> None:
    """Whose post it is: a gang's, the known post's, the one named in the phrase, else the state last spoken of."""
    sentence = reading.sentence
    if person.role_class == "gangs" or _leads_gang(person) or _is_gang_post(context, person):
        put_implied_actor(context, draft, "gangs")
        return
    named = _named(person)
    if person.post is not None:
        match = next((m for m in named if (a := actor_of(m)) and person.post.actor in (a.id, a.country)), None)
        actor = actor_of(match)
        if match is not None and actor is not None:
            put_actor(draft, (actor, match, sentence))
        else:
            put_implied_actor(context, draft, person.post.actor)
        return
    if named:
        actor = actor_of(named[0])
        assert actor is not None
        if person.role_class == "force" and actor.type == "state" and _is_commander(reading, person):
            put_implied_actor(context, draft, context.force)
        else:
            put_actor(draft, (actor, named[0], sentence))
        return
    _put_unnamed(context, reading, person, draft)


def _is_gang_post(context: Context, person: Person) -> bool:
    actor = context.actors.get(person.post.actor) if person.post is not None else None
    return actor is not None and actor.type == "gang"


def _leads_gang(person: Person) -> bool:
    """As in "leads the largest gang", "leader of Viv Ansanm": the phrase names a gang and nobody else."""
    types = {actor.type for mark in person.names if (actor := actor_of(mark)) is not None}
    return types == {"gang"} and person.role_class in ("head", "leader")


def _put_unnamed(context: Context, reading: Reading, person: Person, draft: Draft) -> None:
    """The phrase names nobody: the force for its own posts, the only holder of such a title, else the theatre."""
    sentence = reading.sentence
    if person.role is None:
        return
    tags = frozenset().union(*(sentence.tags(k) for k in range(*person.role)))
    if "mission_word" in tags:
        put_implied_actor(context, draft, context.force)
        return
    owner = _owner_of_title(context, fold(sentence.words(*person.role))) or _police_of(context, reading, person)
    is_of_state = person.role_class in ("state", "head", "leader")
    owner = owner or (_last_state(context, reading) or context.topic if is_of_state else None)
    if owner is not None:
        put_implied_actor(context, draft, owner)
        return
    found: list[Found] = resolve_focus(reading)
    if found:
        put_actor(draft, found[0])
    elif person.role_class in ("state", "head"):
        put_implied_actor(context, draft, context.mission.theatre)


# An article keeps to one government for some sentences.
_GOVERNMENT_REACH = 8


def _last_state(context: Context, reading: Reading) -> str | None:
    """The state of the post named last: a minister without a state serves in the government spoken of."""
    before = reading
    for _ in range(_GOVERNMENT_REACH):
        for person in reversed(before.people):
            actor = next((a for mark in person.names if (a := actor_of(mark)) is not None), None)
            known = context.actors.get(person.post.actor) if person.post is not None else None
            state = actor if actor is not None and actor.type == "state" else known
            if person.role is not None and state is not None and state.type == "state":
                return state.id
        if before.before is None:
            break
        before = before.before
    return None


def _police_of(context: Context, reading: Reading, person: Person) -> str | None:
    """As in "police spokesman X" after "Haitian police": the police of the state named last before the name."""
    sentence = reading.sentence
    if person.role is None or not any("police_word" in sentence.tags(k) for k in range(*person.role)):
        return None
    marks = [m for m in sentence.each() if m.i < person.i]
    if reading.before is not None:
        marks = [*reading.before.sentence.each(), *marks]
    for mark in reversed(marks):
        actor = actor_of(mark) or (context.actors.get(mark.entry.unit.actor or "") if mark.entry.unit else None)
        if actor is not None and actor.type in ("police", "state"):
            police = (a.id for a in context.mission.actors if a.type == "police" and a.country == actor.country)
            return next(police, actor.id)
    return None


def _owner_of_title(context: Context, title: str) -> str | None:
    """The actor of all known posts of that title ("cabinet secretary" is Kenyan), None where several have it."""
    owners = {post.actor for post in context.mission.posts if fold(post.role) in title or title in fold(post.role)}
    return owners.pop() if len(owners) == 1 and _is_named(context, owners) else None


def _is_named(context: Context, owners: set[str]) -> bool:
    """True when the document speaks of the owner at all."""
    return any(
        (actor := actor_of(mark)) is not None and (actor.id in owners or actor.country in owners)
        for reading in context.readings
        for mark in reading.sentence.each()
    )


def _is_commander(reading: Reading, person: Person) -> bool:
    assert person.role is not None
    return any("commander" in reading.sentence.tags(k) for k in range(*person.role))


def _named(person: Person) -> list[Mark]:
    """Actors in the phrase, the institution before the state it is in."""
    marks = [m for m in person.names if actor_of(m) is not None]
    other = [m for m in marks if (a := actor_of(m)) is not None and a.type not in ("state", "gang")]
    states = [m for m in marks if (a := actor_of(m)) is not None and a.type == "state"]
    if person.role_class == "state":
        return states + other
    return other + states
