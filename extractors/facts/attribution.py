"""Draft -> who says so: the claimant named in the sentence, as apart from the outlet that prints it."""

from __future__ import annotations

from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.kinds.owners import put_role_actor
from extractors.facts.people import Person
from extractors.facts.reading import Mark, Sentence
from extractors.facts.slots import actor_of

_TYPES = {
    "state": "government",
    "government": "government",
    "army": "government",
    "court": "government",
    "force": "mission",
    "un": "un",
    "regional": "un",
    "ngo": "ngo",
    "police": "police",
    "gang": "gang",
    "media": "media",
}
# The claimant stands right beside its verb: "the UN office in Haiti reported", "said the spokesperson of".
_REACH = 8


def attribute(context: Context, reading: Reading, drafts: list[Draft]) -> None:
    """Fills source and attribution of every draft of one sentence that has none yet."""
    found = _find_source(reading)
    for draft in drafts:
        if draft.get("attribution") is not None or draft.kind == "role":
            continue
        if any(q.outer_start <= draft.trigger[0] < q.outer_end for q in context.quotes) and not draft.sentence.in_title:
            draft.fields["attribution"] = "direct_quote"
        elif draft.sentence.in_title:
            draft.fields["attribution"] = "headline"
        if found is not None:
            _put(context, draft, reading, found)


# What a source is called that has no name of its own, by its word class.
_UNNAMED = {
    "source_witness": "witness",
    "source_ngo": "ngo",
    "source_media": "media",
    "source_police": "police",
    "source_government": "government",
    "source_un": "un",
    "source_mission": "mission",
    "source_anonymous": "anonymous",
}

Source = tuple[str, Mark | Person]


def _find_source(reading: Reading) -> Source | None:
    """(way of attribution, who) for the first verb of reporting with somebody beside it."""
    sentence = reading.sentence
    for mark in sentence.each():
        tags = mark.entry.tags
        if "according" in tags:
            who = _beside(reading, range(mark.j, mark.j + _REACH))
            if who is not None:
                return "according_to", who
        elif tags & {"report_verb", "said"}:
            who = _beside(reading, range(mark.i - 1, mark.i - _REACH, -1)) or _beside(
                reading, range(mark.j, mark.j + 4)
            )
            if who is not None:
                return "indirect_quote", who
    return None


def _beside(reading: Reading, tokens: range) -> Mark | Person | None:
    sentence = reading.sentence
    for k in tokens:
        if not 0 <= k < len(sentence.tokens) or sentence.low(k) == ";":
            return None
        person = next((p for p in reading.people if p.i <= k < p.j), None)
        if person is not None:
            return person
        mark = sentence.marks[k]
        actor = actor_of(mark)
        if mark is not None and mark.entry.post is not None:
            return next((p for p in reading.people if _has_role(p, mark)), None) or _with_place(sentence, mark)
        if mark is not None and actor is None and _unnamed_type(mark) is not None:
            return mark
        if mark is None or actor is None or mark.is_compound:
            continue
        if sentence.low(mark.j) == "'s" and actor.type == "state":
            continue
        if actor.type == "state" and (
            _is_place(sentence, mark) or (mark.name is not None and mark.name.form == "adjective")
        ):
            continue
        if actor.type in _TYPES:
            return mark
    return None


def _has_role(person: Person, mark: Mark) -> bool:
    return person.role is not None and person.role[0] <= mark.i < person.role[1]


# "the mayor of Cabaret", "la mairie de la commune de Cabaret": so many small words stand before the place.
_PLACE_REACH = 4


def _with_place(sentence: Sentence, post: Mark) -> Mark | None:
    """A post with the place that it is of; None where it is one of many, or somebody spoken to or of."""
    if "article" in sentence.tags(post.i - 1) or sentence.entry(post.i - 1).number is not None:
        return None
    for k in range(post.j, min(post.j + _PLACE_REACH, len(sentence.tokens))):
        name = sentence.name(k)
        if name is not None and name.place is not None:
            mark = sentence.marks[k]
            return Mark(post.i, mark.j if mark is not None else k + 1, post.entry)
        if not sentence.tags(k) & _BESIDE_PLACE:
            break
    return post


_BESIDE_PLACE = frozenset(["of", "determiner", "place_noun"])


def _is_place(sentence: Sentence, mark: Mark) -> bool:
    return "preposition" in sentence.tags(mark.i - 1) or "determiner" in sentence.tags(mark.i - 1)


def _put(context: Context, draft: Draft, reading: Reading, found: Source) -> None:
    way, who, sentence = *found, reading.sentence
    span, words = sentence.span(who.i, who.j), sentence.words(who.i, who.j)
    draft.fields.setdefault("attribution", way)
    via = _find_via(sentence, who)
    if via is not None:
        draft.fields["via"] = via
    if isinstance(who, Person):
        draft.put("source", span, source=who.name, source_text=words, source_type=_type_of_post(context, reading, who))
        return
    actor = actor_of(who)
    if actor is None:
        draft.put("source", span, source=words, source_text=words, source_type=_unnamed_type(who))
        return
    draft.put("source", span, source=actor.id, source_text=words, source_type=_TYPES[actor.type])


def _unnamed_type(mark: Mark) -> str | None:
    """As in "residents said", "according to a police source", "la mairie a indiqué"."""
    if mark.entry.post is not None:
        return "government"
    return next((kind for tag, kind in _UNNAMED.items() if tag in mark.entry.tags), None)


def _find_via(sentence: Sentence, who: Mark | Person) -> str | None:
    """The outlet that passes the claimant's words on: "Reuters, citing ...", "..., cité par l'AFP"."""
    if not any("citing" in mark.entry.tags for mark in sentence.each()):
        return None
    for mark in sentence.each():
        actor = actor_of(mark)
        if actor is not None and actor.type == "media" and mark is not who:
            return actor.id
    return None


def _type_of_post(context: Context, reading: Reading, person: Person) -> str | None:
    """The body that a person speaks for: named in the post, known of the person, or whose post it is."""
    actor = next((a for m in person.names if (a := actor_of(m)) is not None), None)
    if actor is not None:
        return _TYPES.get(actor.type)
    known = context.actors.get(person.post.actor) if person.post is not None else None
    if known is not None:
        return _TYPES.get(known.type)
    if person.role is None or person.role_class not in ("state", "force"):
        return None
    role = Draft("role", "role", reading.sentence, reading.sentence.span(*person.role))
    put_role_actor(context, reading, person, role)
    owner = context.actors.get(role.get("actor") or "")
    return _TYPES.get(owner.type) if owner is not None else None
