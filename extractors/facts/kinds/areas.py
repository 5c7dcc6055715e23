"""Ground -> control: named areas, roads and strongholds that gangs hold, and what was taken back from them."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.kinds.area_phrases import Area, areas_after, areas_before, is_place
from extractors.facts.kinds.resources import put_gangs
from extractors.facts.kinds.verb_moods import is_refused
from extractors.facts.places import place_fields, put_place
from extractors.facts.reading import Mark, Sentence
from extractors.facts.slots import actor_of, find_subjects, nearest_date, put_actor, put_date

# A share belongs to the verb when it stands within so many tokens after it.
_SHARE_REACH = 9


def read_areas(context: Context) -> Iterator[Draft]:
    """A draft for each area held and for each area retaken."""
    for reading in context.readings:
        marks = list(reading.sentence.each())
        verbs = [m for m in marks if m.entry.tags & _VERBS]
        if not verbs and not any("gang_stronghold" in m.entry.tags for m in marks):
            continue
        retaken = [draft for verb in verbs for draft in _draft_retaken(context, reading, verb)]
        if retaken:
            yield from retaken
            continue
        if any("retake_verb" in verb.entry.tags for verb in verbs):
            continue
        yield from _draft_strongholds(context, reading, marks)
        yield from _draft_held(context, reading, verbs)


_VERBS = frozenset(["retake_verb", "expel_verb", "control_verb", "held_predicate", "take_verb"])


def _draft_retaken(context: Context, reading: Reading, verb: Mark) -> Iterator[Draft]:
    """Retaken ground has no actor; the force that took it is named as the target's other side."""
    sentence = reading.sentence
    if not verb.entry.tags & {"retake_verb", "expel_verb"} or _is_wanted(sentence, verb):
        return
    if "expel_verb" in verb.entry.tags and (not _names_gangs(reading) or _counts_people(reading)):
        return
    passive = "be" in sentence.tags(verb.i - 1) or "be" in sentence.tags(verb.i)
    areas = areas_before(context, sentence, verb) if passive and "retake_verb" in verb.entry.tags else []
    areas = areas or areas_after(context, sentence, verb)
    if not areas and "retake_verb" in verb.entry.tags:
        areas = areas_before(context, sentence, verb)
    for area in _only_specific(areas):
        draft = _draft(context, reading, verb, area, "retaken")
        found = [f for f in find_subjects(context, reading, verb.i) if context.is_force(f[0])]
        if found:
            put_actor(draft, found[0], slot="target")
        yield draft


def _is_wanted(sentence: Sentence, verb: Mark) -> bool:
    """As in "to retake the port", "pour reprendre la ville": an aim, unless it was "managed"."""
    if is_refused(sentence, verb.i):
        return True
    before = frozenset().union(*(sentence.tags(k) for k in range(max(0, verb.i - 4), verb.i)))
    aims = "to" in sentence.tags(verb.i - 1) or "infinitive" in verb.entry.tags or "future" in before
    return aims and "managing" not in before


def _counts_people(reading: Reading) -> bool:
    """As in "3,000 residents were driven out of Solino": flight, not ground won."""
    return any(q.group in ("civil", "household", "event") for q in reading.quantities)


def _only_specific(areas: list[Area]) -> list[Area]:
    """Named areas where there are some, else one that has no name."""
    named = [area for area in areas if area.place is not None or area.is_site]
    return named or areas[:1]


def _draft_strongholds(context: Context, reading: Reading, marks: list[Mark]) -> Iterator[Draft]:
    for mark in marks:
        if "gang_stronghold" not in mark.entry.tags:
            continue
        places = [m for m in marks if is_place(context, m) and abs(m.i - mark.i) <= 8]
        if places:
            area = Area(places[0].i, places[0].j, places[0].name.place if places[0].name else None)
            draft = _draft(context, reading, mark, area, "held")
            put_gangs(context, reading, draft)
            yield draft


def _draft_held(context: Context, reading: Reading, verbs: list[Mark]) -> Iterator[Draft]:
    if not _are_gangs(context, reading):
        return
    for verb in verbs:
        if is_refused(reading.sentence, verb.i):
            continue
        areas = _held_by(context, reading, verb)
        for area in areas:
            draft = _draft(context, reading, verb, area, "held")
            put_gangs(context, reading, draft)
            yield draft
        if areas:
            return


def _held_by(context: Context, reading: Reading, verb: Mark) -> list[Area]:
    sentence, tags = reading.sentence, verb.entry.tags
    if "held_predicate" in tags:
        return _only_specific(areas_before(context, sentence, verb))
    after = areas_after(context, sentence, verb)
    if "take_verb" in tags:
        return [area for area in after if area.place is not None]
    if "control_verb" not in tags:
        return []
    if "be" in sentence.tags(verb.i - 1) and "by" in sentence.tags(verb.j):
        after = areas_before(context, sentence, verb)
    if _has_share(reading, verb):
        return [area for area in after if area.is_road][:1]
    return [area for area in after if area.place is not None or area.is_road]


def _has_share(reading: Reading, verb: Mark) -> bool:
    """As in "hold 80 percent of Delmas", "80 percent is held by"; not "hold 80 percent and have overrun Mirebalais"."""
    shares = [q.figure[0] for q in reading.quantities if q.group == "percent"]
    if any(verb.i <= k <= verb.j + _SHARE_REACH for k in shares):
        return True
    earlier = [m.i for m in reading.sentence.each() if m.entry.tags & _VERBS and m.i < verb.i]
    return any(k < verb.i and not any(n < k for n in earlier) for k in shares)


def _are_gangs(context: Context, reading: Reading) -> bool:
    """The gangs are named here, or were just before and "they" hold it now."""
    if _names_gangs(reading):
        return True
    sentence, before = reading.sentence, reading.before
    near = [b for b in (before, before.before if before is not None else None) if b is not None]
    if not any(b.sentence.in_title == sentence.in_title and _names_gangs(b) for b in near):
        return False
    # "entre leurs mains" is one phrase, and still says whose.
    words = (context.lexicon.words.get(token.low) for token in sentence.tokens)
    meant = frozenset().union(*sentence.classes, *(entry.tags for entry in words if entry is not None))
    return bool(meant & {"pronoun", "possessive", "pronoun_group"})


def _names_gangs(reading: Reading) -> bool:
    for mark in reading.sentence.each():
        actor = actor_of(mark)
        if actor is not None and actor.type == "gang":
            return True
        if "gang_word" in mark.entry.tags or (mark.entry.unit is not None and mark.entry.unit.group == "gang"):
            return True
    return False


def _draft(context: Context, reading: Reading, verb: Mark, area: Area, subkind: str) -> Draft:
    sentence = reading.sentence
    draft = Draft("control", f"control.{subkind}", sentence, sentence.span(verb.i, verb.j))
    draft.fields.update(subkind=subkind, status="done", measure="stock" if subkind == "held" else "flow")
    text, span = sentence.words(area.i, area.j), sentence.span(area.i, area.j)
    if area.place is not None:
        draft.put("place", span, **place_fields(area.place, text, "explicit"))
    elif area.is_site or (area.is_road and subkind == "held"):
        draft.put("place", span, place=text, country=context.mission.theatre, place_basis="explicit")
    else:
        # "Several areas" is no place of the gazetteer; "the main intersection" is in the town spoken of.
        put_place(context, reading, draft, verb.i)
    mention = nearest_date(reading, verb.i)
    if mention is not None and not mention.is_since:
        put_date(draft, mention, future=False)
    return draft
