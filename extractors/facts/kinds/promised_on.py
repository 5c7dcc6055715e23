"""Promise and date -> was it made on that day, or is the day that of another verb of the sentence?"""

from __future__ import annotations

from extractors.facts.date_mention import DateMention
from extractors.facts.governing import Bid
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Sentence

# "the promised 1,000", "its promise of 1,000": so many tokens between the word and its number.
_BESIDE = 1


def is_day_of_promise(sentence: Sentence, quantity: Quantity, bid: Bid, mention: DateMention) -> bool:
    """False for "wants to reach the promised 1,000 by January", and for days of clauses that the promise is not in."""
    if bid.mark.j <= quantity.i:
        return not (_is_attribute(sentence, quantity, bid) or _is_of_relative(sentence, quantity.j, mention.i))
    if _leans_on(sentence, quantity.j, bid.mark.i):
        # "Six arrived on Friday as the first of 150 that Nassau has pledged": only behind the number.
        return mention.i >= quantity.j
    return True


def _is_attribute(sentence: Sentence, quantity: Quantity, bid: Bid) -> bool:
    """As in "the promised 1,000", "honour its promise of 1,000": it was made before, whatever is told of it now."""
    before = sentence.tags(bid.mark.i - 1)
    return quantity.i - bid.mark.j <= _BESIDE and bool(before & {"definite", "possessive"})


def _is_of_relative(sentence: Sentence, first: int, last: int) -> bool:
    """As in "pledged 1,000 to the mission that the Council approved in October": another verb stands by the day."""
    opened = False
    for k in range(first, last):
        opened = opened or "relative" in sentence.tags(k)
        if opened and sentence.entry(k).cues:
            return True
    return False


def _leans_on(sentence: Sentence, first: int, last: int) -> bool:
    return any(sentence.tags(k) & {"relative", "pronoun_group"} for k in range(first, last))
