"""Ordinals -> casualty: "the second officer killed" says that two have been killed so far, "a third is missing" one."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.kinds.harmed import put_counted
from extractors.facts.kinds.values import new_draft
from extractors.facts.lexicon import Lexicon
from extractors.facts.noun_before import read_noun_before
from extractors.facts.noun_phrases import read_noun_phrase
from extractors.facts.places import put_place
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Mark, Sentence
from extractors.facts.slots import gap, put_date

# The verb of harm stands right by its noun: "the third officer to be killed", "second fatality".
_REACH = 4.0
# Later ordinals count days, houses and anniversaries.
_HIGHEST = 99


def read_ordinals(context: Context) -> Iterator[Draft]:
    """A running total for each ordinal beside a death or an injury."""
    for reading in context.readings:
        for i, j, value in _ordinals(reading.sentence, context.lexicon):
            draft = _draft(context, reading, (i, j), value) if 2 <= value <= _HIGHEST else None
            if draft is not None:
                yield draft


def _ordinals(sentence: Sentence, lexicon: Lexicon) -> Iterator[tuple[int, int, float]]:
    """Words ("third") and figures with their ending ("34th"); "a third officer" is no part, for no "of" follows."""
    for mark in sentence.each():
        number = mark.entry.number
        if mark.entry.share is not None and mark.j - mark.i > 1 and "of" not in sentence.tags(mark.j):
            last = lexicon.words.get(sentence.low(mark.j - 1))
            number = last.number if last is not None else None
        if number is not None and number[0] == "ordinal":
            yield mark.i, mark.j, number[1]
        elif "ordinal_sign" in mark.entry.tags and mark.i:
            figure = sentence.tokens[mark.i - 1]
            if figure.text.isdigit() and figure.end == sentence.tokens[mark.i].start:
                yield mark.i - 1, mark.j, float(figure.text)


def _draft(context: Context, reading: Reading, figure: tuple[int, int], value: float) -> Draft | None:
    quantity = Quantity(*figure, figure, value)
    is_after_noun = context.lexicon.is_noun_first and read_noun_before(
        reading.sentence, quantity, context.mission.theatre
    )
    if not is_after_noun:
        read_noun_phrase(reading.sentence, quantity, context.mission.theatre)
    harm = _find_harm(reading, quantity)
    if harm is None or quantity.group in ("equipment", "percent"):
        return None
    is_one_more = _is_one_more(reading, quantity)
    if is_one_more:
        quantity.value = 1.0
    draft = new_draft("casualty", "casualty.ordinal", reading, quantity, (harm[0].i, harm[0].j))
    draft.fields.update(subkind=harm[1], status="done", measure="flow" if is_one_more else "cumulative")
    if quantity.group == "event":
        draft.put("unit", None, unit="person", unit_class=None)
    if not quantity.actors and quantity.group in ("event", "bare"):
        _borrow(reading, quantity)
    if draft.get("unit") is None:
        unit = quantity.unit
        draft.put("unit", None, unit=unit.name if unit else "person", unit_class=unit.unit_class if unit else None)
    put_counted(context, reading, draft, quantity)
    period = next((d for d in reading.dates if d.precision == "year" or d.is_since), None)
    if period is not None:
        put_date(draft, period, future=False)
    put_place(context, reading, draft, harm[0].i)
    return draft


def _is_one_more(reading: Reading, quantity: Quantity) -> bool:
    """As in "Two officers were killed and a third is missing": no noun, and those before him stand in the sentence."""
    if quantity.group != "bare" or "article" not in reading.sentence.tags(quantity.i - 1):
        return False
    return any(q.figure[0] < quantity.i and q.value < quantity.value for q in reading.quantities)


def _find_harm(reading: Reading, quantity: Quantity) -> tuple[Mark, str] | None:
    unit = quantity.unit
    if unit is not None and unit.kind == "casualty" and unit.subkind is not None and quantity.unit_at is not None:
        mark = reading.sentence.marks[quantity.unit_at[0]]
        return None if mark is None else (mark, unit.subkind)
    if (said := _said_of_death(reading.sentence, quantity)) is not None:
        return said
    for mark, cue in reading.sentence.cues():
        is_lost = cue.name == "lose" and 0 <= quantity.i - mark.j <= 1 and quantity.group in ("force", "nationals")
        if is_lost and cue.subkind:
            return mark, cue.subkind
        if (
            cue.kind == "casualty"
            and cue.subkind
            and mark.i >= quantity.j
            and gap(reading, quantity.j, mark.i) <= _REACH
        ):
            return mark, cue.subkind
    return None


# "the death on Sunday was the second": so many tokens from the noun to the ordinal.
_DEATH_REACH = 7


def _said_of_death(sentence: Sentence, quantity: Quantity) -> tuple[Mark, str] | None:
    """As in "the death on Sunday was the second among Kenyan officers": the subject is the harm that is counted."""
    k = sentence.before_determiners(quantity.i - 1)
    if "be" not in sentence.tags(k) or quantity.group != "bare":
        return None
    for mark in sentence.each():
        if "death_noun" in mark.entry.tags and 0 < k - mark.i <= _DEATH_REACH:
            return mark, "killed"
    return None


def _borrow(reading: Reading, quantity: Quantity) -> None:
    """A death without a noun is one of those that the sentence counts or names: "in Kenya's deployment"."""
    people = [q for q in reading.quantities if q.unit is not None and q.group in ("force", "gang")]
    if people:
        quantity.unit, quantity.actors = people[0].unit, people[0].actors
        return
    for k in range(quantity.j, min(quantity.j + 7, len(reading.sentence.tokens))):
        mark = reading.sentence.marks[k]
        actor = mark.name.actor if mark is not None and mark.name is not None else None
        if mark is not None and actor is not None and actor.type == "state":
            quantity.actors = [mark]
            quantity.unit = quantity.unit or reading.sentence.entry(mark.j).unit
            return
