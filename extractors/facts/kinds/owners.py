"""Person with a post -> actor: whose post it is, read from its phrase, known posts, and who was spoken of before."""

from __future__ import annotations

from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.kinds.whole_force import is_force_phrase, predecessor_of
from extractors.facts.people import Person
from extractors.facts.reading import Mark
from extractors.facts.slots import actor_of, put_actor, put_implied_actor, resolve_focus
from extractors.facts.tokens import fold
from extractors.records import Actor


def put_role_actor(context: Context, reading: Reading, person: Person, draft: Draft) -> None:
    """Whose post it is: a gang's, the known post's, the one named in the phrase, else one spoken of before."""
    if person.role_class == "gangs" or _leads_gang(person) or _is_gang_post(context, person):
        put_implied_actor(context, draft, context.adversary)
        return
    named = _named(person)
    if person.post is not None:
        match = next((m for m in named if (a := actor_of(m)) and person.post.actor in (a.id, a.country)), None)
        if match is not None:
            _put_mark(context, reading, match, draft)
        else:
            _put_id(context, person.post.actor, draft)
            _put_predecessor(context, reading, person, draft)
        return
    if named and not (person.role_class == "local" and _is_state(named[0])):
        actor = actor_of(named[0])
        assert actor is not None
        if person.role_class == "force" and actor.type == "state" and _is_commander(reading, person):
            put_implied_actor(context, draft, context.force)
        else:
            _put_mark(context, reading, named[0], draft)
        return
    _put_unnamed(context, reading, person, draft)


def _is_state(mark: Mark) -> bool:
    actor = actor_of(mark)
    return actor is not None and actor.type == "state"


def _put_mark(context: Context, reading: Reading, mark: Mark, draft: Draft) -> None:
    """The actor named; the people of a UN office are the UN's, those of a council or a ministry their state's."""
    actor = actor_of(mark)
    assert actor is not None
    put_actor(draft, (actor, mark, reading.sentence))
    whole = _whole_of(context, actor)
    if whole is not actor:
        draft.fields.update(actor=whole.id, actor_country=whole.country)
    elif actor.type == "government" and actor.country in context.actors:
        # Who presides over a council or a ministry serves its state.
        draft.fields.update(actor=actor.country, actor_country=actor.country)


def _put_id(context: Context, actor_id: str, draft: Draft) -> None:
    """An actor that a known post belongs to; of the two forces the one this article is about."""
    actor = context.actors.get(actor_id)
    if actor is not None:
        actor_id = context.force if context.is_force(actor) and context.force else _whole_of(context, actor).id
    put_implied_actor(context, draft, actor_id)


# "was deputy commander of the old mission": so many tokens behind the head of a post begins its complement.
_COMPLEMENT_REACH = 4


def _put_predecessor(context: Context, reading: Reading, person: Person, draft: Draft) -> None:
    """As in "commander of the old mission": a known post of the force that there was before."""
    if person.role is None or draft.get("actor") != context.force:
        return
    first, last = person.role
    if any("predecessor" in reading.sentence.tags(k) for k in range(first, last + _COMPLEMENT_REACH)):
        put_implied_actor(context, draft, predecessor_of(context, context.force))


def _whole_of(context: Context, actor: Actor) -> Actor:
    return context.actors.get("UN", actor) if "office" in actor.roles else actor


def _is_gang_post(context: Context, person: Person) -> bool:
    actor = context.actors.get(person.post.actor) if person.post is not None else None
    return actor is not None and actor.type == "gang"


def _leads_gang(person: Person) -> bool:
    """As in "leads the largest gang", "leader of Viv Ansanm": the phrase names a gang and nobody else."""
    types = {actor.type for mark in person.names if (actor := actor_of(mark)) is not None}
    return types == {"gang"}


def _put_unnamed(context: Context, reading: Reading, person: Person, draft: Draft) -> None:
    """The phrase names nobody: the force or a body spoken of, the only holder of such a title, else the theatre."""
    if person.role is None:
        return
    owner = _body_headed(context, reading, person) or _owner_of_phrase(context, reading, person)
    if owner is not None:
        _put_id(context, owner, draft)
        return
    is_of_state = person.role_class in ("state", "head", "leader")
    if is_of_state:
        state = _last_state(context, reading) or context.topic or context.mission.theatre
        put_implied_actor(context, draft, state)
        return
    spoken = [mark for mark in reading.sentence.each() if mark.i < person.i and not _is_quoted(context, reading, mark)]
    if any("mission_word" in mark.entry.tags for mark in spoken):
        put_implied_actor(context, draft, context.force)
        return
    body = last_body(reading, _quote_before(context, reading, person.i), reach=2)
    if body is not None:
        _put_id(context, body, draft)
    elif _is_commander(reading, person) and (found := resolve_focus(reading)):
        put_actor(draft, found[0])
    else:
        put_implied_actor(context, draft, context.mission.theatre)


# "The World Food Programme, which is headed by": so many tokens between a body and the verb.
_HEADED_REACH = 5


def _body_headed(context: Context, reading: Reading, person: Person) -> str | None:
    """As in "The World Food Programme, headed by X", "la mission que dirige X": the body right before the verb."""
    sentence = reading.sentence
    assert person.role is not None
    if not any("headed_by" in sentence.tags(k) for k in range(*person.role)):
        return None
    for mark in reversed(sentence.each()):
        if mark.j > person.role[0] or person.role[0] - mark.j > _HEADED_REACH:
            continue
        actor = actor_of(mark)
        if actor is not None and not mark.is_compound:
            return actor.id
        if is_force_phrase(sentence, mark):
            return context.force
    return None


def _is_quoted(context: Context, reading: Reading, mark: Mark) -> bool:
    """True for words that somebody else says: "more for the mission", said the spokesman."""
    at = reading.sentence.tokens[mark.i].start
    return any(quote.start <= at < quote.end for quote in context.quotes)


def _quote_before(context: Context, reading: Reading, stop: int) -> int:
    """The token at which a quote before token `stop` begins: what is named in it is nobody's employer."""
    inside = (m.i for m in reading.sentence.each() if m.i < stop and _is_quoted(context, reading, m))
    return min(inside, default=stop)


def _owner_of_phrase(context: Context, reading: Reading, person: Person) -> str | None:
    """What the words of the phrase tell: "the mission's", "police", "mayor", "the network's", a title of one body."""
    sentence = reading.sentence
    assert person.role is not None
    span = range(person.role[0], person.role[1])
    tags = frozenset().union(*(sentence.tags(k) for k in span))
    if "mission_word" in tags:
        return context.force
    if police := _police_of(context, reading, person):
        return police
    if person.role_class == "local":
        return context.mission.theatre
    if _is_of_body(reading, person, tags) and (body := last_body(reading, person.i)):
        return body
    return _owner_of_title(context, fold(sentence.words(*person.role)))


def _is_of_body(reading: Reading, person: Person, tags: frozenset[str]) -> bool:
    """As in "its director", "the charity's head", "directeur de l'organisation": a body named before."""
    assert person.role is not None
    before = person.role[0] - 1
    return "body_noun" in tags or "possessive" in reading.sentence.tags(before) | reading.sentence.tags(before + 1)


# A body is spoken of for some sentences after its name.
_BODY_REACH = 4
_BODIES = frozenset(["ngo", "un", "regional", "police", "army", "force", "court", "other", "government"])


def last_body(reading: Reading, stop: int, *, reach: int = _BODY_REACH) -> str | None:
    """The organisation named last before token `stop`, in this sentence or one of those before it."""
    before: Reading | None = reading
    for _ in range(reach):
        if before is None:
            break
        for mark in reversed(before.sentence.each()):
            actor = actor_of(mark)
            if actor is None or mark.is_compound or (before is reading and mark.i >= stop):
                continue
            if actor.type in _BODIES:
                return actor.id
        before = before.before
    return None


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
    """As in "police spokesman X" after "Haitian police": the police of the state named last, else of the theatre."""
    sentence = reading.sentence
    if person.role is None or not any("police_word" in sentence.tags(k) for k in range(*person.role)):
        return None
    marks = [m for m in sentence.each() if m.i < person.i]
    if reading.before is not None:
        marks = [*reading.before.sentence.each(), *marks]
    for mark in reversed(marks):
        actor = actor_of(mark) or (context.actors.get(mark.entry.unit.actor or "") if mark.entry.unit else None)
        if actor is not None and actor.type in ("police", "state"):
            return (police_in(context, actor.country) or actor).id
    home = police_in(context, context.mission.theatre)
    return None if home is None else home.id


def police_in(context: Context, country: str | None) -> Actor | None:
    """The police of a country, where the mission knows it."""
    return next((a for a in context.mission.actors if a.type == "police" and a.country == country), None)


def _owner_of_title(context: Context, title: str) -> str | None:
    """The actor of all known posts of that title ("cabinet secretary" is Kenyan), None where several have it."""
    if " " not in title:
        return None
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
