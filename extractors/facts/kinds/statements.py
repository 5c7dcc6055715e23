"""Quotes -> statement: words between quotation marks, and who speaks them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.kinds.owners import put_role_actor
from extractors.facts.people import Person
from extractors.facts.quotes import Quote
from extractors.facts.reading import Mark
from extractors.facts.slots import actor_of, put_actor, put_implied_actor
from extractors.facts.tokens import fold

Speaker = tuple[Reading, Person | None, Mark | None]


def read_statements(context: Context) -> Iterator[Draft]:
    """A statement for every quote whose speaker can be told."""
    body = [reading for reading in context.readings if not reading.sentence.in_title]
    starts = [reading.sentence.start for reading in body]
    known: dict[str, Person] = {}
    last: Speaker | None = None
    for quote in context.quotes:
        first = max(0, bisect_right(starts, quote.start) - 1)
        final = max(first, bisect_right(starts, max(quote.start, quote.outer_end - 1)) - 1)
        speaker = _find_speaker(body, first, final, quote)
        if speaker is None and last is not None and _is_sentence(context, quote) and first - body.index(last[0]) <= 2:
            speaker = last
        if speaker is None:
            continue
        last = speaker
        yield _draft(context, body[first], body[final], quote, speaker)
    del known


def _is_sentence(context: Context, quote: Quote) -> bool:
    text = context.document.text
    return text[quote.start].isupper() and text[quote.end - 1] in ".!?,…"


def _find_speaker(body: list[Reading], first: int, final: int, quote: Quote) -> Speaker | None:
    for number in dict.fromkeys((final, first)):
        reading = body[number]
        verb = _said(reading, quote)
        if verb is None:
            continue
        return _subject(body, number, verb, quote)
    return None


def _outside(reading: Reading, k: int, quote: Quote) -> bool:
    token = reading.sentence.tokens[k]
    return token.end <= quote.outer_start or token.start >= quote.outer_end


def _said(reading: Reading, quote: Quote) -> int | None:
    """The verb of saying nearest to the quote, outside of it."""
    best, least = None, 10_000
    for k, token in enumerate(reading.sentence.tokens):
        if not reading.sentence.tags(k) & {"said", "according"} or not _outside(reading, k, quote):
            continue
        way = quote.outer_start - token.end if token.end <= quote.outer_start else token.start - quote.outer_end
        if way < least:
            best, least = k, way
    return best


def _subject(body: list[Reading], number: int, verb: int, quote: Quote) -> Speaker | None:
    reading = body[number]
    sentence = reading.sentence
    people = [p for p in reading.people if _outside(reading, p.i, quote) and not _is_origin(reading, p)]
    before = [p for p in people if p.j <= verb]
    after = [p for p in people if p.i > verb]
    pronoun = [
        k
        for k in range(max(0, verb - 4) if people else 0, min(len(sentence.tokens), verb + 2))
        if "pronoun_person" in sentence.tags(k) and _outside(reading, k, quote)
    ]
    if pronoun:
        found = before[-1:] if before and before[-1].j <= min(pronoun) else []
        if found:
            return reading, found[0], None
        return _earlier_person(body, number)
    follows = sentence.tokens[verb].start >= quote.outer_end
    choice = (after[:1] or before[-1:]) if follows and _inverted(reading, verb) else (before[-1:] or after[:1])
    if choice:
        return reading, choice[0], None
    holder = _holder_of_post(body, number, verb, quote)
    if holder is not None:
        return holder
    mark = _speaking_actor(reading, verb, quote)
    return (reading, None, mark) if mark is not None else None


def _is_origin(reading: Reading, person: Person) -> bool:
    """As in "a constable from Trans Nzoia": a place that the gazetteer does not know looks like a name."""
    tags = reading.sentence.tags(person.i - 1)
    return person.role is None and "place_preposition" in tags and not tags & {"of", "to", "by", "according"}


# "the force's commander said", "a déclaré le ministre": so far from the verb of saying.
_POST_REACH = 5


def _holder_of_post(body: list[Reading], number: int, verb: int, quote: Quote) -> Speaker | None:
    """The person named before in the post that speaks: "the minister said" is the minister of the last paragraph."""
    reading = body[number]
    sentence = reading.sentence
    for k in sorted(range(max(0, verb - _POST_REACH), verb + _POST_REACH), key=lambda k: abs(k - verb)):
        if sentence.entry(k).role is None or not _outside(reading, k, quote):
            continue
        mark = sentence.marks[k]
        if mark is None or "definite" not in sentence.tags(mark.i - 1):
            continue
        title = fold(sentence.words(mark.i, mark.j))
        for earlier in reversed(body[:number]):
            for person in earlier.people:
                if person.role is not None and title in fold(earlier.sentence.words(*person.role)):
                    return earlier, person, None
    return None


def _inverted(reading: Reading, verb: int) -> bool:
    """As in "said X": nothing that could speak stands between the quote and the verb."""
    sentence = reading.sentence
    return verb == 0 or not sentence.tokens[verb - 1].is_word


def _earlier_person(body: list[Reading], number: int) -> Speaker | None:
    for back in range(number, max(-1, number - 4), -1):
        people = body[back].people if back != number else []
        if people:
            return body[back], people[0], None
    return None


def _speaking_actor(reading: Reading, verb: int, quote: Quote) -> Mark | None:
    best, least = None, 10_000
    for mark in reading.sentence.each():
        if not _can_speak(mark) or not _outside(reading, mark.i, quote):
            continue
        way = abs(mark.i - verb) + (20 if "preposition" in reading.sentence.tags(mark.i - 1) else 0)
        if way < least:
            best, least = mark, way
    return best


def _can_speak(mark: Mark) -> bool:
    actor = actor_of(mark)
    if actor is not None:
        return actor.type != "gang" or mark.name is not None
    return bool(mark.entry.tags & {"host_body", "resolution"})


def _draft(context: Context, first: Reading, final: Reading, quote: Quote, speaker: Speaker) -> Draft:
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
    del final
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
        draft.put("source", span, source=actor.id, source_text=words)
        return
    body = "UNSC" if "resolution" in mark.entry.tags else context.mission.theatre
    put_implied_actor(context, draft, body)
    draft.put("actor", span, actor_text=words)
    draft.put("source", span, source=body, source_text=words)
