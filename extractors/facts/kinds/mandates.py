"""Resolutions -> mandate: adopted or recalled, extended, turned into another force, ending."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.facts.acting import COUNCIL
from extractors.facts.context import Context, Reading
from extractors.facts.date_mention import DateMention
from extractors.facts.drafts import Draft
from extractors.facts.kinds.bodies import is_elsewhere
from extractors.facts.reading import Mark, Sentence
from extractors.facts.slots import (
    actor_of,
    is_future,
    nearest_date,
    opens_clause,
    put_actor,
    put_date,
    put_implied_actor,
)

# A wish for an act stands so many tokens before it: "Washington wants an extension".
_WISH_REACH = 8

Tags = dict[str, Mark]


def read_mandates(context: Context) -> Iterator[Draft]:
    """One draft a sentence and act; the same act told again is merged later."""
    for reading in context.readings:
        if is_elsewhere(context, reading):
            continue
        marks = list(reading.sentence.each())
        tags = {tag: mark for mark in reversed(marks) for tag in mark.entry.tags}
        council = next((m for m in marks if (a := actor_of(m)) is not None and a.id == COUNCIL), None)
        for trigger, subkind in _acts(context, reading, tags, council):
            status = _status(reading, trigger, subkind)
            if status is not None:
                yield _draft(context, reading, trigger, subkind, council, status)


def _acts(context: Context, reading: Reading, tags: Tags, council: Mark | None) -> Iterator[tuple[Mark, str]]:
    """The acts of the Council that a sentence tells, most telling first; an end beside an extension is its old end."""
    marks = reading.sentence.each()
    is_of_council = council is not None or "council" in tags or _is_of_un(reading.sentence, tags)
    if "expire" in tags and not _is_old_end(reading, tags) and _ends_mandate(context, reading, tags, marks):
        yield tags["expire"], "terminate"
    if "extend" in tags and (is_of_council or "resolution" in tags or _is_of_mandate(reading, tags)):
        yield tags["extend"], "extend"
    elif "transition" in tags and (
        ((is_of_council or "resolution" in tags) and _names_force(context, marks))
        or _hands_over(context, tags["transition"], marks)
    ):
        yield tags["transition"], "transition"
    elif _authorises(context, reading, tags, is_of_council=is_of_council):
        yield tags.get("adopt") or tags.get("resolution") or tags["adopt_weak"], "authorise"


# "The United Nations has since approved": so many tokens between the two.
_UN_REACH = 4


def _is_of_un(sentence: Sentence, tags: Tags) -> bool:
    """As in "The UN approved the mission": its Council did; not "a body that the UN approved", told by the way."""
    act = next((tags[name] for name in ("adopt", "extend") if name in tags), None)
    for mark in sentence.each() if act is not None else ():
        actor = actor_of(mark)
        if act is None or actor is None or actor.id != _UN or mark.is_compound or mark.j > act.i:
            continue
        between = range(mark.j, act.i)
        is_subject = opens_clause(sentence, mark.i - 1) and "relative" not in sentence.tags(mark.i - 1)
        if is_subject and len(between) <= _UN_REACH:
            return all(sentence.tags(k) & _BEFORE_VERB or sentence.low(k).endswith("ly") for k in between)
    return False


_UN = "UN"
_BEFORE_VERB = frozenset(["have", "earlier", "passing_adverb"])


def _is_old_end(reading: Reading, tags: Tags) -> bool:
    """As in "extended the mandate, which expired on Thursday"; not "expires on 2 October and may not be renewed"."""
    if "extend" not in tags:
        return False
    end, extension = tags["expire"], tags["extend"]
    has_day = any(0 <= mention.i - end.j <= _DAY_REACH for mention in reading.dates)
    return not (has_day and extension.i > end.i and _status(reading, extension, "extend") == "planned")


# "expires on 2 October", "créée en octobre 2023": so many tokens from the verb to its day.
_DAY_REACH = 2


def _ends_mandate(context: Context, reading: Reading, tags: Tags, marks: list[Mark]) -> bool:
    """The mandate ends, or the force itself on a day that is named."""
    if "mandate_noun" in tags:
        return True
    end = tags["expire"]
    forces = [m for m in marks if m.j <= end.i and (context.is_force(actor_of(m)) or "mission_word" in m.entry.tags)]
    is_near = bool(forces) and end.i - forces[-1].j <= _WISH_REACH
    return is_near and any(d.i > end.i and d.precision in ("day", "month") for d in reading.dates)


def _is_of_mandate(reading: Reading, tags: Tags) -> bool:
    """As in "an extension of twelve months" after a sentence about the mandate."""
    if "mandate_noun" in tags:
        return True
    before = reading.before
    return before is not None and any("mandate_noun" in mark.entry.tags for mark in before.sentence.each())


def _hands_over(context: Context, change: Mark, marks: list[Mark]) -> bool:
    """As in "the GSF replaced the Kenyan-led mission": one force before the verb, another behind it."""
    forces = [m for m in marks if context.is_force(actor_of(m)) or "mission_word" in m.entry.tags]
    named = {actor.id for m in forces if (actor := actor_of(m)) is not None}
    before = [m for m in forces if m.j <= change.i]
    after = [m for m in forces if change.j <= m.i <= change.j + _WISH_REACH]
    return bool(before) and bool(after) and bool(named)


def _authorises(context: Context, reading: Reading, tags: Tags, *, is_of_council: bool) -> bool:
    resolution = tags.get("resolution")
    if resolution is not None:
        follows = reading.sentence.low(resolution.j)
        return follows.isdigit() or bool({"adopt", "adopt_weak"} & tags.keys())
    if not is_of_council:
        return _is_dated_grant(context, reading, tags)
    return "adopt" in tags or ("adopt_weak" in tags and _names_force(context, reading.sentence.each()))


def _is_dated_grant(context: Context, reading: Reading, tags: Tags) -> bool:
    """As in "Authorised in October 2023, the mission was to have 2,500": nobody but the Council does that on a day."""
    grant = tags.get("adopt")
    if grant is None or any(context.is_contributor(actor_of(mark)) for mark in reading.sentence.each()):
        return False
    is_dated = any(0 <= d.i - grant.j <= _DAY_REACH and d.basis == "explicit" for d in reading.dates)
    return is_dated and _names_force(context, reading.sentence.each())


def _status(reading: Reading, trigger: Mark, subkind: str) -> str | None:
    """Done, or planned where it is only wished for; an authorisation that is only wished for is none."""
    sentence = reading.sentence
    held = [mention.i - 1 for mention in reading.dates]
    # "The vote on October 1 replaces": the preposition is that of the day, and the vote was held.
    words = (k for k in range(max(0, trigger.i - _WISH_REACH), trigger.i) if not _is_held(sentence, k, held))
    before = frozenset().union(*(sentence.tags(k) for k in words))
    is_wished = "proposing" in before or "condition" in before
    if subkind == "terminate" or not is_wished:
        return "done"
    if subkind in ("extend", "transition"):
        return "planned"
    return None if _is_noun(sentence, trigger) else "done"


def _is_held(sentence: Sentence, k: int, held: list[int]) -> bool:
    mark = sentence.marks[k]
    return mark is not None and "preposition" in mark.entry.tags and mark.j - 1 in held


def _is_noun(sentence: Sentence, trigger: Mark) -> bool:
    """As in "hinges on a green light from the Council": a verb would tell what was done."""
    return bool(sentence.tags(trigger.i - 1) & {"article", "determiner", "of", "preposition", "to"})


def _is_end(sentence: Sentence, i: int) -> bool:
    """As in "extended until October 2": the day the mandate will end, not the day of the vote."""
    while sentence.tags(i - 1) & {"determiner", "preposition"} and not sentence.tags(i - 1) & {"until", "expire"}:
        i -= 1
    return bool(sentence.tags(i - 1) & {"until", "expire"})


def _lapse(reading: Reading) -> DateMention | None:
    """As in "the renewal of the mandate, which expires on January 31": the only day told is that of its end."""
    verbs = [mark for mark in reading.sentence.each() if "expire" in mark.entry.tags]
    return next((d for d in reading.dates for verb in verbs if 0 <= d.i - verb.j <= 1), None)


def _names_force(context: Context, marks: list[Mark]) -> bool:
    return any(context.is_force(actor_of(mark)) or "mission_word" in mark.entry.tags for mark in marks)


def _draft(context: Context, reading: Reading, trigger: Mark, subkind: str, council: Mark | None, status: str) -> Draft:
    sentence = reading.sentence
    draft = Draft("mandate", f"mandate.{subkind}", sentence, sentence.span(trigger.i, trigger.j))
    draft.fields.update(subkind=subkind, status=status, measure=None)
    actor = actor_of(council)
    if council is not None and actor is not None:
        put_actor(draft, (actor, council, sentence))
    else:
        put_implied_actor(context, draft, COUNCIL)
    mention = nearest_date(reading, trigger.i)
    if subkind == "extend":
        dates = [d for d in reading.dates if not _is_end(sentence, d.i)]
        mention = next((d for d in dates if d.i > trigger.i), dates[0] if dates else None)
    lapse = _lapse(reading) if subkind == "extend" and mention is None else None
    mention = mention or lapse
    if mention is not None:
        future = subkind == "terminate" or lapse is not None or is_future(reading, trigger.i)
        put_date(draft, mention, future=future)
    return draft


def name_mandated(context: Context, drafts: list[Draft]) -> None:
    """Fills the target of the Council's acts: the force that its sentence names, else that of the article."""
    sentences = {id(reading.sentence): reading for reading in context.readings}
    for draft in drafts:
        reading = sentences.get(id(draft.sentence))
        if draft.kind != "mandate" or draft.get("actor") != COUNCIL or draft.get("target") or reading is None:
            continue
        mark = next((m for m in reversed(reading.sentence.each()) if context.is_force(actor_of(m))), None)
        actor = actor_of(mark)
        if mark is not None and actor is not None:
            put_actor(draft, (actor, mark, reading.sentence), slot="target")
        elif context.force:
            draft.put("target", None, target=context.force)
