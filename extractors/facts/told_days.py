"""Reading -> the day of words, posts, votes and promises, which follows other rules than that of an event."""

from __future__ import annotations

from datetime import timedelta

from extractors.facts.context import Context, Reading
from extractors.facts.date_mention import DateMention
from extractors.facts.drafts import Draft
from extractors.facts.scenes import Dated, Scenes

# A meeting at which promises are made gives them its day, a vote the sizes it grants, for so many sentences.
_MEETING_REACH = 6
# Somebody quoted goes on being quoted from the same day for so many sentences of a paragraph.
_SPEECH_REACH = 4
# Words in the news were spoken within so many days; older dates beside them are what they speak of.
_FRESH = timedelta(days=14)


def find_told_day(context: Context, reading: Reading, draft: Draft, scenes: Scenes) -> Dated | None:
    """The day of a statement, a post, a mandate or a pledge that its own rule has not found."""
    if draft.kind == "statement":
        return _find_day_of_speaking(context, reading, draft, scenes)
    if draft.kind == "role":
        return _find_day_of_office(context, reading, draft)
    if draft.kind == "mandate":
        return _find_day_of_vote(scenes, draft)
    return _find_meeting(reading, scenes) if draft.kind == "pledge" else None


def _find_day_of_speaking(context: Context, reading: Reading, draft: Draft, scenes: Scenes) -> Dated | None:
    """The day beside the speaker, else the last one of the paragraph, else that of the lead."""
    paragraph, at = scenes.paragraphs[id(reading.sentence)], reading
    for _ in range(_SPEECH_REACH):
        days = [m for m in at.dates if _may_be_said_on(context, m) and not _inside(at, m, draft)]
        if days:
            return at.sentence, next((m for m in days if m.is_speech), days[-1])
        if at.before is None or scenes.paragraphs[id(at.before.sentence)] != paragraph:
            break
        at = at.before
    lead = scenes.spoken or scenes.day
    return lead if lead is not None and _may_be_said_on(context, lead[1]) else None


def _may_be_said_on(context: Context, mention: DateMention) -> bool:
    if mention.is_since or (mention.precision != "day" and not mention.is_speech):
        return False
    published = context.document.published_on
    if published is None:
        return True
    return mention.past[0] <= published and (mention.is_speech or published - mention.past[1] <= _FRESH)


def _inside(reading: Reading, mention: DateMention, draft: Draft) -> bool:
    return draft.trigger[0] <= reading.sentence.tokens[mention.i].start < draft.trigger[1]


def _find_day_of_office(context: Context, reading: Reading, draft: Draft) -> Dated | None:
    """As in "named on 2 December": the day nearest the person, in whatever sentence tells of the change of post."""
    own = _change_of_office(context, reading, draft)
    if own is not None or draft.get("person") is None:
        return own
    surname = draft.fields["person"].split()[-1].lower()
    for other in context.readings:
        if other.dates and other is not reading and any(token.low == surname for token in other.sentence.tokens):
            found = _change_of_office(context, other, draft)
            if found is not None and not other.sentence.in_title:
                return found
    return None


def _change_of_office(context: Context, reading: Reading, draft: Draft) -> Dated | None:
    sentence = reading.sentence
    words = context.lexicon.settings.get("office_words", ())
    if not reading.dates or not any(token.low in words for token in sentence.tokens):
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
    if scenes.day is None or reading.sentence.in_title:
        return None
    is_near = reading.sentence.index - scenes.day[0].index <= _MEETING_REACH
    is_meeting = any("meeting" in mark.entry.tags for mark in scenes.day[0].each())
    return scenes.day if is_meeting and is_near and not reading.dates else None
