"""Resolutions -> mandate: adopted or recalled, extended, turned into another force, ending."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.kinds.forces import is_elsewhere
from extractors.facts.reading import Mark, Sentence
from extractors.facts.slots import actor_of, is_future, nearest_date, put_actor, put_date, put_implied_actor

_COUNCIL = "UNSC"


def read_mandates(context: Context) -> Iterator[Draft]:
    """One draft a sentence and act; the same act told again is merged later."""
    for reading in context.readings:
        if is_elsewhere(context, reading):
            continue
        marks = list(reading.sentence.each())
        tags = {tag: mark for mark in reversed(marks) for tag in mark.entry.tags}
        council = next((m for m in marks if (a := actor_of(m)) is not None and a.id == _COUNCIL), None)
        if "expire" in tags and "mandate_noun" in tags and "extend" not in tags:
            yield _draft(context, reading, tags["expire"], "terminate", council)
        elif "extend" in tags and ("mandate_noun" in tags or council or "resolution" in tags):
            yield _draft(context, reading, tags["extend"], "extend", council)
        elif (council or "council" in tags) and "transition" in tags and _names_force(context, marks):
            yield _draft(context, reading, tags["transition"], "transition", council)
        elif _authorises(reading, tags, council):
            trigger = tags.get("adopt") or tags["resolution"]
            yield _draft(context, reading, trigger, "authorise", council)


def _authorises(reading: Reading, tags: dict[str, Mark], council: Mark | None) -> bool:
    resolution = tags.get("resolution")
    if resolution is not None:
        follows = reading.sentence.low(resolution.j)
        return follows.isdigit() or "adopt" in tags
    return "adopt" in tags and (council is not None or "council" in tags)


def _is_end(sentence: Sentence, i: int) -> bool:
    """As in "extended until October 2": the day the mandate will end, not the day of the vote."""
    while sentence.tags(i - 1) & {"determiner", "preposition"} and not sentence.tags(i - 1) & {"until"}:
        i -= 1
    return bool(sentence.tags(i - 1) & {"until", "expire"})


def _names_force(context: Context, marks: list[Mark]) -> bool:
    return any(context.is_force(actor_of(mark)) or "mission_word" in mark.entry.tags for mark in marks)


def _draft(context: Context, reading: Reading, trigger: Mark, subkind: str, council: Mark | None) -> Draft:
    sentence = reading.sentence
    draft = Draft("mandate", f"mandate.{subkind}", sentence, sentence.span(trigger.i, trigger.j))
    draft.fields.update(subkind=subkind, status="done", measure=None)
    actor = actor_of(council)
    if council is not None and actor is not None:
        put_actor(draft, (actor, council, sentence))
    else:
        put_implied_actor(context, draft, _COUNCIL)
    mention = nearest_date(reading, trigger.i)
    if subkind == "extend":
        dates = [d for d in reading.dates if not _is_end(sentence, d.i)]
        mention = next((d for d in dates if d.i > trigger.i), dates[0] if dates else None)
    if mention is not None:
        future = subkind == "terminate" or is_future(reading, trigger.i)
        put_date(draft, mention, future=future)
    return draft
