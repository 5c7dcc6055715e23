"""Date and number -> does the date belong to another number of the sentence ("against 315,000 in December 2023")?"""

from __future__ import annotations

from extractors.facts.context import Reading
from extractors.facts.date_mention import DateMention
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Sentence

# "contre 315 000 en décembre", "a 24 per cent rise since December": so many tokens between a number and its date.
_BESIDE = 3
# "contre", "frente a", "up from the": so many tokens before the number.
_CONTRAST_REACH = 3


def is_of_other(reading: Reading, mention: DateMention, number: int) -> bool:
    """True where the date stands by a figure that the one at token `number` is compared with.

    Args:
        number: the first token of the number that the date was given to.
    """
    others = [q for q in reading.quantities if not q.figure[0] <= number < q.figure[1]]
    return any(_is_compared(reading, mention, other) for other in others) or _is_in_other_clause(
        reading.sentence, mention, number, others
    )


def _is_compared(reading: Reading, mention: DateMention, other: Quantity) -> bool:
    end = max(other.figure[1], other.j)
    if not 0 <= mention.i - end <= _BESIDE:
        return False
    sentence = reading.sentence
    if other.group == "percent":
        around = range(other.i - _CONTRAST_REACH, mention.i)
        return mention.is_since and any("rising" in sentence.tags(k) for k in around)
    if any(sentence.low(k) in (",", ";") for k in range(end, mention.i)):
        return False
    before = range(max(0, other.figure[0] - _CONTRAST_REACH), other.figure[0])
    return any("compared_with" in sentence.tags(k) for k in before)


def _is_in_other_clause(sentence: Sentence, mention: DateMention, number: int, others: list[Quantity]) -> bool:
    """As in "1.3 million are displaced; in December there were 1.04": a semicolon parts the two."""
    first, last = min(mention.i, number), max(mention.i, number)
    stop = next((k for k in range(first, last) if sentence.low(k) == ";"), None)
    if stop is None:
        return False
    return any((q.figure[0] > stop) == (mention.i > stop) for q in others)
