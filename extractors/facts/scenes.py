"""Context -> Scenes: the day that an article is about, and its paragraphs.

An article names the day of what it tells once and goes on telling: "Two others were hurt." has no day of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from extractors.facts.context import Context
from extractors.facts.date_mention import DateMention
from extractors.facts.drafts import Draft
from extractors.facts.reading import Sentence
from extractors.records import Span

# The lead is told in the first sentences; what is dated later is background.
_LEAD = 5
# News is told within days; an older day is that of something else (unless the article itself is a look back).
_FRESH = timedelta(days=21)
# A stay of this many days still is one event ("between the 6th and the 11th").
_LONGEST_SCENE = timedelta(days=31)

Dated = tuple[Sentence, DateMention]


@dataclass(slots=True)
class Scenes:
    """The paragraph of each sentence, the days that only plans have, and what the lead says of when."""

    paragraphs: dict[int, int] = field(default_factory=dict)
    plans: frozenset[tuple[int, Span]] = frozenset()
    day: Dated | None = None
    spoken: Dated | None = None
    period: Dated | None = None
    plan: Dated | None = None

    def is_planned(self, sentence: Sentence, mention: DateMention) -> bool:
        """As in "has sent 400 and is to send 217 on Saturday": the day behind a plan is nobody's who has come."""
        return (id(sentence), sentence.span(mention.i, mention.j)) in self.plans


def read_scenes(context: Context, drafts: list[Draft]) -> Scenes:
    """Looks through the lead once."""
    scenes = Scenes(_number_paragraphs(context), _days_of_plans(drafts))
    body = [reading for reading in context.readings if not reading.sentence.in_title]
    lead = [(reading.sentence, mention) for reading in body[:_LEAD] for mention in reading.dates]
    events = [dated for dated in lead if is_scene(context, scenes, *dated) and not _is_background(context, *dated)]
    scenes.day = next((dated for dated in events if _is_near(context, dated[1])), events[0] if events else None)
    spoken = [dated for dated in lead if dated[1].is_speech and dated[1].precision == "day"]
    scenes.spoken = spoken[0] if spoken else None
    periods = [dated for dated in lead if is_period(dated[1])]
    scenes.period = periods[0] if periods else None
    scenes.plan = lead[0] if lead and lead[0][0] is body[0].sentence else None
    return scenes


def _days_of_plans(drafts: list[Draft]) -> frozenset[tuple[int, Span]]:
    """The days that stand behind plans, and that nothing else was given."""
    planned: set[tuple[int, Span]] = set()
    others: set[tuple[int, Span]] = set()
    for draft in drafts:
        for span in draft.spans.get("event", ()):
            is_plan = draft.get("status") == "planned" and span[0] > draft.trigger[0]
            (planned if is_plan else others).add((id(draft.sentence), span))
    return frozenset(planned - others)


def is_scene(context: Context, scenes: Scenes, sentence: Sentence, mention: DateMention) -> bool:
    """True for a day (or some days) on which something happened, not one of speaking, counting or planning."""
    published = context.document.published_on
    start, end = mention.past
    if (
        mention.is_speech
        or scenes.is_planned(sentence, mention)
        or "counting" in sentence.tags(mention.i - 1)
        or (mention.is_since and mention.precision != "day")
    ):
        return False
    if published is not None and start > published:
        return False
    return mention.is_since or end - start <= _LONGEST_SCENE


def is_period(mention: DateMention) -> bool:
    """True for the period of a report: more than a month, and no year said in passing."""
    return mention.precision != "year" and mention.past[1] - mention.past[0] > _LONGEST_SCENE


def _is_background(context: Context, sentence: Sentence, mention: DateMention) -> bool:
    """As in "A first officer had been killed on 23 February": older than the news, and told as what went before."""
    is_before = context.holds(sentence, range(mention.i), "pluperfect")
    return is_before and mention.precision == "day" and not _is_near(context, mention)


def _is_near(context: Context, mention: DateMention) -> bool:
    published = context.document.published_on
    return mention.precision in ("day", "week") and (published is None or published - mention.past[1] <= _FRESH)


def _number_paragraphs(context: Context) -> dict[int, int]:
    """Sentence (by identity) -> number of its paragraph; the headline is a paragraph of its own."""
    numbers: dict[int, int] = {}
    number, last_end, text = 0, 0, context.document.text
    for reading in context.readings:
        sentence = reading.sentence
        if sentence.in_title:
            numbers[id(sentence)] = -1
            continue
        if "\n" in text[last_end : sentence.start]:
            number += 1
        numbers[id(sentence)] = number
        last_end = sentence.end
    return numbers
