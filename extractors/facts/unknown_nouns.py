"""Number + a noun that no lexicon knows -> Quantity: whoever is killed or abducted is people, whatever they do.

No list of trades is ever complete ("two reporters", "three taxi drivers", "siete feligreses"); a verb of harm right
beside the number says enough.
"""

from __future__ import annotations

from extractors.facts.quantity import Quantity
from extractors.facts.reading import Sentence

# "two young freelance reporters": plain words between the number and its noun.
_REACH = 3
_OLDEST = 110


def read_unknown_noun(sentence: Sentence, quantity: Quantity) -> bool:
    """Takes a plural noun of no known meaning into the quantity, as group `unknown`."""
    if quantity.is_vague and not quantity.value:
        return False
    for k in range(quantity.j, min(quantity.j + _REACH, len(sentence.tokens))):
        token, mark = sentence.tokens[k], sentence.marks[k]
        if mark is not None or not token.is_word or token.is_capital:
            return False
        if token.low.endswith(("s", "x")) or token.low == "men":
            quantity.group, quantity.j = "unknown", k + 1
            return True
    return False


def is_age(sentence: Sentence, quantity: Quantity) -> bool:
    """As in "Constable Samuel Kaetuai, 26, was killed", "a boy of three", "a teacher of fifty-two"."""
    i, j = quantity.figure
    if quantity.unit is not None or quantity.value > _OLDEST or quantity.i != i:
        return False
    if sentence.low(i - 1) == "," and sentence.low(j) in (",", ".", ")", ";"):
        name = i - 2
        return name >= 0 and sentence.tokens[name].is_capital and sentence.marks[name] is None
    who = sentence.entry(i - 2).unit
    is_one = "singular" in sentence.tags(i - 2) and "article" in sentence.tags(i - 3)
    return "of" in sentence.tags(i - 1) and who is not None and (is_one or who.unit_class in ("child", "woman"))
