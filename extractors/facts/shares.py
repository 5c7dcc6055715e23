"""Tokens -> Quantity: parts in words ("nine-tenths of the capital", "eight in ten"), in percent.

Such a part is ground held or nothing: nobody counts the dead in tenths.
"""

from __future__ import annotations

from extractors.facts.lexicon import Lexicon
from extractors.facts.numbers import read_number
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Sentence

# "one Haitian in two", "un ménage déplacé sur cinq": so many words may stand between the two numbers.
_REACH = 3
# The second number of "four in ten" is small or round; "in 2024" is a year and "in 45 days" a time.
_WHOLES = frozenset([2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 100, 1000])


def read_share(sentence: Sentence, i: int, lexicon: Lexicon) -> Quantity | None:
    """The share whose words begin at token i."""
    mark = sentence.marks[i]
    percent = lexicon.words.get("%")
    if mark is None or mark.entry.share is None or percent is None or not _has_whole(sentence, mark.j):
        return None
    return Quantity(
        mark.i, mark.j, (mark.i, mark.j), mark.entry.share, unit=percent.unit, group="percent", is_share=True
    )


def _has_whole(sentence: Sentence, j: int) -> bool:
    """The whole must follow, and be no number: "half of the 2,500" are people."""
    if "of" not in sentence.tags(j) | sentence.tags(j - 1):
        return False
    return not any(sentence.tokens[k].text[0].isdigit() for k in range(j, min(j + _REACH, len(sentence.tokens))))


def is_of_so_many(sentence: Sentence, quantity: Quantity, lexicon: Lexicon) -> bool:
    """True for the numbers of "one Haitian in two": a ratio counts nobody."""
    if quantity.value > max(_WHOLES) or quantity.is_vague:
        return False
    if _closes_ratio(sentence, quantity):
        return True
    for k in range(quantity.figure[1], min(quantity.figure[1] + _REACH, len(sentence.tokens) - 1)):
        if "ratio" in sentence.tags(k):
            mark = sentence.marks[k]
            at = mark.j if mark is not None else k + 1
            whole = read_number(sentence, at, lexicon) if at < len(sentence.tokens) else None
            return (
                whole is not None
                and whole.value in _WHOLES
                and whole.value > quantity.value
                and "not_quantity" not in sentence.tags(whole.j)
            )
    return False


def _closes_ratio(sentence: Sentence, quantity: Quantity) -> bool:
    i = quantity.figure[0]
    if "ratio" not in sentence.tags(i - 1) or quantity.value not in _WHOLES:
        return False
    if "not_quantity" in sentence.tags(quantity.j):
        return False
    return any(sentence.entry(k).number is not None for k in range(max(0, i - 1 - _REACH), i - 1))
