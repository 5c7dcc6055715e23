"""Drafts -> drafts with their day: what a sentence leaves unsaid is told by those around it."""

from __future__ import annotations

from extractors.facts.context import Context, Reading
from extractors.facts.date_mention import DateMention
from extractors.facts.drafts import Draft
from extractors.facts.reading import Sentence
from extractors.facts.scenes import Dated, Scenes, is_scene
from extractors.facts.slots import put_date

_EVENTS = frozenset(["casualty", "deployment", "withdrawal", "displacement", "equipment"])
_APPOINTING = frozenset(["appointed", "resigned", "replaced", "appoint_verb", "resign_verb"])
# A meeting at which promises are made gives them its day, for so many sentences.
_MEETING_REACH = 6
# A paragraph's own day reaches so many sentences on.
_PARAGRAPH_REACH = 4


def settle_times(context: Context, drafts: list[Draft], scenes: Scenes) -> None:
    """Fills the day of drafts that have none, from their sentence's neighbours or from the lead."""
    readings = {id(reading.sentence): reading for reading in context.readings}
    for draft in drafts:
        reading = readings[id(draft.sentence)]
        if draft.get("event_start") is not None and not _is_day_of_speaking(reading, draft):
            continue
        found = _find(context, reading, draft, scenes)
        if found is not None:
            _put(draft, *found)


def _put(draft: Draft, sentence: Sentence, mention: DateMention) -> None:
    future = draft.get("status") == "planned"
    if sentence.in_title == draft.sentence.in_title:
        put_date(draft, mention, future=future, sentence=sentence)
        return
    # Words of the body have no place in the headline: the day is derived.
    start, end = mention.future if future else mention.past
    draft.put("event", None, event_start=start, event_end=end, date_precision=mention.precision, date_basis="inherited")


def _is_day_of_speaking(reading: Reading, draft: Draft) -> bool:
    """True where an event was given the day on which somebody told of it."""
    if draft.kind not in _EVENTS or draft.get("status") == "planned":
        return False
    span = draft.spans.get("event")
    return any(m.is_speech and span == [reading.sentence.span(m.i, m.j)] for m in reading.dates)


def _find(context: Context, reading: Reading, draft: Draft, scenes: Scenes) -> Dated | None:
    if draft.kind == "statement":
        return _find_day_of_speaking(context, reading, draft, scenes)
    if draft.kind == "role":
        return _find_day_of_office(reading, draft)
    if draft.kind == "mandate":
        return _find_day_of_vote(scenes, draft)
    if draft.kind == "pledge":
        return _find_meeting(reading, scenes)
    if draft.kind in _EVENTS and draft.get("measure") in ("flow", "cumulative"):
        return _find_scene(context, reading, draft, scenes)
    return None


def _find_scene(context: Context, reading: Reading, draft: Draft, scenes: Scenes) -> Dated | None:
    """The last day told of in the paragraph, else that of the lead."""
    if draft.get("status") in ("planned", "conditional"):
        return None
    near = _earlier_in_paragraph(context, reading, scenes)
    if near is not None:
        return near
    if draft.get("measure") == "cumulative" and draft.kind != "casualty":
        return None
    return scenes.day


def _earlier_in_paragraph(context: Context, reading: Reading, scenes: Scenes) -> Dated | None:
    paragraph, before = scenes.paragraphs[id(reading.sentence)], reading.before
    for _ in range(_PARAGRAPH_REACH):
        if before is None or scenes.paragraphs[id(before.sentence)] != paragraph:
            return None
        days = [mention for mention in before.dates if is_scene(context, mention)]
        if days:
            return before.sentence, days[-1]
        before = before.before
    return None


def _find_day_of_speaking(context: Context, reading: Reading, draft: Draft, scenes: Scenes) -> Dated | None:
    """The day beside the speaker, else the last one of the paragraph, else that of the lead."""
    start, end = draft.trigger
    own = [m for m in reading.dates if m.precision == "day" and not _inside(reading.sentence, m, start, end)]
    own = [m for m in own if not m.is_since and _is_past(context, m)]
    if own:
        return reading.sentence, next((m for m in own if m.is_speech), own[-1])
    paragraph, before = scenes.paragraphs[id(reading.sentence)], reading.before
    for _ in range(_PARAGRAPH_REACH):
        if before is None or scenes.paragraphs[id(before.sentence)] != paragraph:
            break
        days = [m for m in before.dates if m.precision == "day" and not m.is_since and _is_past(context, m)]
        if days:
            return before.sentence, next((m for m in days if m.is_speech), days[-1])
        before = before.before
    lead = scenes.spoken or scenes.day
    return lead if lead is not None and lead[1].precision == "day" else None


def _inside(sentence: Sentence, mention: DateMention, start: int, end: int) -> bool:
    return start <= sentence.tokens[mention.i].start < end


def _is_past(context: Context, mention: DateMention) -> bool:
    published = context.document.published_on
    return published is None or mention.past[0] <= published


def _find_day_of_office(reading: Reading, draft: Draft) -> Dated | None:
    """As in "named on 2 December": the day nearest the person, where the sentence tells of a change of post."""
    sentence = reading.sentence
    if not reading.dates or not any(mark.entry.tags & _APPOINTING for mark in sentence.each()):
        return None
    at = draft.spans["person"][0][0] if draft.spans.get("person") else draft.trigger[0]
    days = [m for m in reading.dates if m.precision in ("day", "month") and not m.is_since]
    near = sorted(days, key=lambda m: abs(sentence.tokens[m.i].start - at))
    return (sentence, near[0]) if near else None


def _find_day_of_vote(scenes: Scenes, draft: Draft) -> Dated | None:
    """The size that a resolution grants has the day of the vote."""
    if draft.get("status") != "done" or draft.get("subkind") == "terminate" or scenes.day is None:
        return None
    lead = scenes.day[0]
    has_vote = any(mark.entry.tags & {"adopt", "resolution", "council"} for mark in lead.each())
    return scenes.day if has_vote and draft.sentence.index - lead.index <= _MEETING_REACH else None


def _find_meeting(reading: Reading, scenes: Scenes) -> Dated | None:
    """Promises made at the meeting that the lead tells of have its day."""
    if scenes.day is None or reading.sentence.index - scenes.day[0].index > _MEETING_REACH:
        return None
    is_meeting = any("meeting" in mark.entry.tags for mark in scenes.day[0].each())
    return scenes.day if is_meeting and not reading.dates else None
