"""Ground -> control: named areas, roads and strongholds that gangs hold, and what was taken back from them."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.kinds.forces import is_refused
from extractors.facts.kinds.resources import put_gangs
from extractors.facts.places import place_fields
from extractors.facts.reading import Mark
from extractors.facts.slots import actor_of, find_subjects, nearest_date, put_actor, put_date

# An area belongs to the verb when it stands within so many tokens after it.
_REACH = 14


def read_areas(context: Context) -> Iterator[Draft]:
    """A draft for each area held and for each sentence of ground retaken."""
    for reading in context.readings:
        marks = list(reading.sentence.each())
        retaken = next((m for m in marks if "retake_verb" in m.entry.tags), None)
        if retaken is not None:
            yield from _draft_retaken(context, reading, retaken)
            continue
        yield from _draft_strongholds(context, reading, marks)
        yield from _draft_held(context, reading, marks)


def _draft_retaken(context: Context, reading: Reading, verb: Mark) -> Iterator[Draft]:
    """Retaken ground has no actor; the force that took it is named as the target's other side."""
    if is_refused(reading.sentence, verb.i):
        return
    areas = _areas_after(context, reading, verb) or _areas_before(context, reading, verb)
    if not areas:
        return
    draft = _draft(context, reading, verb, areas[0], "retaken")
    found = [f for f in find_subjects(context, reading, verb.i) if context.is_force(f[0])]
    if found:
        put_actor(draft, found[0], slot="target")
    yield draft


def _draft_strongholds(context: Context, reading: Reading, marks: list[Mark]) -> Iterator[Draft]:
    for mark in marks:
        if "gang_stronghold" not in mark.entry.tags:
            continue
        places = [m for m in marks if _is_place(context, m) and abs(m.i - mark.i) <= 8]
        if places:
            draft = _draft(context, reading, mark, places[0], "held")
            put_gangs(context, reading, draft)
            yield draft


def _draft_held(context: Context, reading: Reading, marks: list[Mark]) -> Iterator[Draft]:
    if not any((a := actor_of(m)) is not None and a.type == "gang" for m in marks):
        return
    for verb in marks:
        if "control_verb" not in verb.entry.tags or is_refused(reading.sentence, verb.i):
            continue
        shares = [k for q in reading.quantities if q.group == "percent" for k in range(q.i, q.j + 5)]
        for area in _areas_after(context, reading, verb):
            if "road" not in area.entry.tags and (area.i in shares or shares):
                continue
            draft = _draft(context, reading, verb, area, "held")
            put_gangs(context, reading, draft)
            yield draft
            break
        return


def _areas_after(context: Context, reading: Reading, verb: Mark) -> list[Mark]:
    found = []
    for mark in reading.sentence.each():
        if mark.i >= verb.j and "break" in mark.entry.tags and "area" not in mark.entry.tags:
            break
        if verb.j <= mark.i <= verb.j + _REACH and ("area" in mark.entry.tags or _is_place(context, mark)):
            found.append(mark)
    return sorted(found, key=lambda mark: ("road" not in mark.entry.tags, mark.i))


def _areas_before(context: Context, reading: Reading, verb: Mark) -> list[Mark]:
    marks = [m for m in reading.sentence.each() if m.j <= verb.i and ("area" in m.entry.tags or _is_place(context, m))]
    return marks[-1:]


def _is_place(context: Context, mark: Mark) -> bool:
    place = mark.name.place if mark.name is not None else None
    return place is not None and place.country == context.mission.theatre and place.kind != "country"


def _draft(context: Context, reading: Reading, verb: Mark, area: Mark, subkind: str) -> Draft:
    sentence = reading.sentence
    draft = Draft("control", f"control.{subkind}", sentence, sentence.span(verb.i, verb.j))
    draft.fields.update(subkind=subkind, status="done", measure="stock" if subkind == "held" else "flow")
    text, span = sentence.words(area.i, area.j), sentence.span(area.i, area.j)
    if area.name is not None and area.name.place is not None:
        draft.put("place", span, **place_fields(area.name.place, text, "explicit"))
    elif "road" in area.entry.tags and subkind == "held":
        draft.put("place", span, place=text, country=context.mission.theatre, place_basis="explicit")
    else:
        # "several areas" is no place of the gazetteer: the words stay in the event, the theatre is all that is known.
        draft.put("place", None, country=context.mission.theatre, place_basis="inherited")
    mention = nearest_date(reading, verb.i)
    if mention is not None and not mention.is_since:
        put_date(draft, mention, future=False)
    return draft
