"""Verb of handing over -> status of things: delivered, promised, on their way, or never come."""

from __future__ import annotations

from itertools import takewhile

from extractors.facts.context import Reading
from extractors.facts.governing import Bid
from extractors.facts.kinds.verb_meanings import is_expected
from extractors.facts.kinds.verb_moods import is_negated, is_promise
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Sentence
from extractors.facts.slots import is_future

LOST = "lose equipment"


def not_denied(sentence: Sentence, bids: list[Bid]) -> list[Bid]:
    """As in "had asked for 40 vehicles, which have not come": what did not happen leaves it to the other verbs."""
    return [bid for bid in bids if bid.cue.name != "equip" or not is_negated(sentence, bid.mark.i)]


# "pledged last summer, have yet to show up": so many tokens behind the promise.
_UNKEPT_REACH = 6


def _is_unkept(sentence: Sentence, bid: Bid, quantity: Quantity) -> bool:
    """As in "two helicopters pledged by El Salvador never made it", "three helicopters have yet to arrive"."""
    last = max(bid.mark.j, quantity.j) + _UNKEPT_REACH
    after = range(quantity.j, min(last, len(sentence.tokens)))
    before_next = takewhile(lambda k: "conjunction" not in sentence.tags(k) and sentence.low(k) != ";", after)
    return any("failing" in sentence.tags(k) for k in before_next)


def read_status(reading: Reading, bid: Bid, quantity: Quantity) -> str:
    """What the verb says of the things, but for promises, what is still to come, and what never came."""
    sentence, status = reading.sentence, bid.cue.status or "done"
    if bid.cue.name == LOST:
        return "done"
    if status == "done" and is_promise(sentence, bid.mark.i):
        return "pledged"
    if bid.cue.name in ("equip", "pledge equipment") and _is_unkept(sentence, bid, quantity):
        return "unfulfilled"
    is_coming = is_future(reading, bid.mark.i) and "perfect" not in sentence.tags(bid.mark.i - 1)
    return "planned" if status == "done" and (is_coming or is_expected(reading, quantity, bid)) else status
