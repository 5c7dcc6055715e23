"""Number of people -> is it what another one is measured against: what there should be, not what there is?"""

from __future__ import annotations

from extractors.facts.context import Reading
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Sentence

# Of bare numbers only those count that nothing smaller than a force has.
SMALLEST_BARE = 150
# "well short of the", "más del doble de los": words between what falls short and its number.
_CONTRAST_REACH = 3

PERSONS = frozenset(["force", "nationals", "bare"])


def is_measured_against(reading: Reading, quantity: Quantity) -> bool:
    """As in "far from the 2,500", "980 of the 2,500", "twice the 2,500": what there should be."""
    sentence = reading.sentence
    if any(part.whole is quantity and part.figure[0] < quantity.figure[0] for part in reading.quantities):
        return quantity.is_definite or quantity.value >= SMALLEST_BARE
    before = range(max(0, quantity.i - _CONTRAST_REACH), quantity.figure[0])
    return any("contrast" in sentence.tags(k) or _is_fraction_of(sentence, k) for k in before)


def _is_fraction_of(sentence: Sentence, k: int) -> bool:
    """As in "a third of the 2,500", not "the third group of 217"."""
    mark = sentence.marks[k]
    if mark is None or "fraction" not in mark.entry.tags:
        return False
    return "of" in sentence.tags(mark.j) and not sentence.entry(mark.j).cues


def falls_short(reading: Reading, quantity: Quantity) -> bool:
    """As in "nears 1,050, a fifth of the 5,500 that the resolution set": what a larger number of its clause is for."""
    larger = (q for q in reading.quantities if q.value > quantity.value and q.group in PERSONS)
    return any(is_measured_against(reading, other) for other in larger)
