"""Quotes -> statement: words between quotation marks, and who speaks them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from extractors.facts.acting import COUNCIL
from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.kinds.owners import put_role_actor
from extractors.facts.kinds.persons_before import Speaker
from extractors.facts.kinds.speakers import find_speaker, is_alone
from extractors.facts.people import Person
from extractors.facts.quotes import Quote
from extractors.facts.reading import Mark
from extractors.facts.slots import actor_of, put_actor, put_implied_actor


def read_statements(context: Context) -> Iterator[Draft]:
    """A statement for every quote whose speaker can be told."""
    body = [reading for reading in context.readings if not reading.sentence.in_title]
    starts = [reading.sentence.start for reading in body]
    last: Speaker | None = None
    last_at = 0
    for number, quote in enumerate(context.quotes):
        first = max(0, bisect_right(starts, quote.start) - 1)
        final = max(first, bisect_right(starts, max(quote.start, quote.outer_end - 1)) - 1)
        if not body or _is_name(context, quote):
            continue
        others = context.quotes[max(0, number - _NEAR_QUOTES) : number + _NEAR_QUOTES]
        speaker = find_speaker(body, first, final, quote, others)
        if speaker is None and is_alone(body, first, final, quote, others):
            is_near = last is not None and first - last_at <= _QUOTE_REACH
            speaker = last if is_near else _led_in(body, first) or _interviewed(context, body, first)
        if speaker is None:
            continue
        last, last_at = speaker, final
        yield _draft(context, body[first], quote, speaker)


# So many quotes may stand in one sentence.
_NEAR_QUOTES = 4
# A speaker goes on speaking in the next sentences.
_QUOTE_REACH = 3


def _led_in(body: list[Reading], first: int) -> Speaker | None:
    """As in "The minister, X, was blunt." before a quote that stands alone."""
    before = body[first - 1] if first else None
    if before is None or len(before.people) != 1 or body[first].sentence.start - before.sentence.end > _PARAGRAPH:
        return None
    return Speaker(before, before.people[0])


# Whoever is asked is named in so many sentences at the head of an interview.
_HEAD = 3


def _interviewed(context: Context, body: list[Reading], first: int) -> Speaker | None:
    """As in an interview: a quote that stands alone behind a question is the answer of whom the head names first."""
    before = body[first - 1].sentence if first else None
    if before is None or not context.document.text[before.start : before.end].rstrip(_MARKUP).endswith("?"):
        return None
    return next((Speaker(reading, reading.people[0]) for reading in body[:_HEAD] if reading.people), None)


# Questions are often set in bold.
_MARKUP = "*_ "


# A blank line and an opening mark between the sentence that leads in and the quote.
_PARAGRAPH = 4


def _is_name(context: Context, quote: Quote) -> bool:
    """As in "Kokorat San Ras": capitals throughout are a name in quotation marks, nobody's words."""
    words = context.document.text[quote.start : quote.end].split()
    return all(word[:1].isupper() or not word[:1].isalpha() for word in words)


def _draft(context: Context, first: Reading, quote: Quote, speaker: Speaker) -> Draft:
    reading, person, mark = speaker
    draft = Draft("statement", "statement.quote", first.sentence, (quote.start, quote.end))
    draft.fields.update(status="done", attribution="direct_quote")
    if person is not None:
        named = _best_mention(context, reading, person)
        draft.put("person", reading.sentence.span(person.i, person.j), person=named[1].name)
        put_role_actor(context, named[0], named[1], draft)
        draft.put("source", reading.sentence.span(person.i, person.j), source=named[1].name, source_text=person.name)
    elif mark is not None:
        _put_body(context, reading, mark, draft)
    return draft


def _best_mention(context: Context, reading: Reading, person: Person) -> tuple[Reading, Person]:
    """The mention of the same surname that carries a post, so that "Otunge" speaks as the commander."""
    if person.role is not None:
        return reading, person
    surname = person.name.split()[-1]
    for other in context.readings:
        if other.sentence.in_title:
            continue
        for candidate in other.people:
            if candidate.role is not None and candidate.name.split()[-1] == surname:
                return other, candidate
    return reading, person


def _put_body(context: Context, reading: Reading, mark: Mark, draft: Draft) -> None:
    """A body speaks: a named one, the host's government, or the Council in the words of its resolution."""
    span, words = reading.sentence.span(mark.i, mark.j), reading.sentence.words(mark.i, mark.j)
    actor = actor_of(mark)
    if actor is not None:
        put_actor(draft, (actor, mark, reading.sentence))
        if actor.type == "government" and actor.country is not None:
            # What a council or a ministry says, its state says.
            draft.fields["actor"] = actor.country
        draft.put("source", span, source=actor.id, source_text=words)
        return
    body = COUNCIL if "resolution" in mark.entry.tags else context.mission.theatre
    put_implied_actor(context, draft, body)
    draft.put("actor", span, actor_text=words)
    draft.put("source", span, source=body, source_text=words)
