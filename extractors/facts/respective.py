"""Quantities -> Quantities: "Guatemala and El Salvador sent 150 and 8 soldiers respectively", each its own number."""

from __future__ import annotations

from extractors.facts.context import Context, Reading
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Mark, Sentence
from extractors.facts.slots import actor_of

# Between two members of a list: a comma, "and", an article, a qualifier.
_LONGEST_GAP = 3
_LINKS = frozenset(["conjunction", "determiner", "definite", "article", "list_sign"])


def share_out(context: Context, reading: Reading) -> None:
    """Gives each number before (or behind) "respectively" the name in the same place of the list of contributors."""
    sentence = reading.sentence
    word = next((mark for mark in sentence.each() if "respectively" in mark.entry.tags), None)
    if word is None:
        return
    numbers = _list_of_numbers(reading, word.i)
    names = _list_of_names(context, sentence)
    if len(names) != len(numbers) or len(numbers) < 2 or any(number.actors for number in numbers):
        return
    noun = next((number for number in numbers if number.unit is not None), None)
    for number, name in zip(numbers, names, strict=True):
        number.actors = [name]
        if noun is not None and number.group == "bare":
            number.unit, number.group = noun.unit, noun.group


def _list_of_numbers(reading: Reading, at: int) -> list[Quantity]:
    """The numbers of people in a row that end where the word stands."""
    row: list[Quantity] = []
    for quantity in reversed([q for q in reading.quantities if q.group in ("bare", "force", "nationals")]):
        stop = row[0].i if row else at
        if quantity.j <= stop and (not row or _is_linked(reading.sentence, quantity.j, stop)):
            row.insert(0, quantity)
    return row


def _list_of_names(context: Context, sentence: Sentence) -> list[Mark]:
    """The first list of contributors in the sentence."""
    row: list[Mark] = []
    for mark in sentence.each():
        if mark.is_compound or not context.is_contributor(actor_of(mark)):
            continue
        if row and not _is_linked(sentence, row[-1].j, mark.i):
            break
        row.append(mark)
    return row


def _is_linked(sentence: Sentence, first: int, last: int) -> bool:
    if not 0 < last - first <= _LONGEST_GAP:
        return False
    return all(sentence.low(k) == "," or sentence.tags(k) & _LINKS for k in range(first, last))
