"""Number of people -> what the words around it make of it: granted, owed, decided, a goal, or there before."""

from __future__ import annotations

from itertools import takewhile

from extractors.facts.acting import COUNCIL
from extractors.facts.governing import Bid
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Sentence
from extractors.facts.slots import actor_of

# "porte à 5 550 l'effectif maximal", "still has 260 to send": so many tokens on either side of the number.
NEAR = 4


def near(sentence: Sentence, quantity: Quantity, tag: str) -> bool:
    """True where a word of the class stands within a few tokens of the number, and nothing parts the two."""
    before = takewhile(lambda k: not _parts(sentence, k), range(quantity.i - 1, quantity.i - 1 - NEAR, -1))
    after = takewhile(lambda k: not _parts(sentence, k), range(quantity.j, quantity.j + NEAR))
    return any(tag in sentence.tags(k) for k in (*range(quantity.i, quantity.j), *before, *after))


def _parts(sentence: Sentence, k: int) -> bool:
    return sentence.low(k) in (",", ";") or "break" in sentence.tags(k)


def is_owed(sentence: Sentence, quantity: Quantity) -> bool:
    """As in "still has about 260 of its thousand to send"."""
    reach = range(quantity.j, quantity.j + NEAR + 2)
    # "617, with more expected to join": what stands behind a break is said of others.
    after = list(takewhile(lambda k: not _parts(sentence, k) and "conjunction" not in sentence.tags(k), reach))
    if any("owing" in sentence.tags(k) for k in after):
        return True
    moved = (k for k in after if any(cue.kind == "deployment" for cue in sentence.entry(k + 1).cues))
    return any("to" in sentence.tags(k) for k in moved if k > quantity.j)


def is_limit(sentence: Sentence, quantity: Quantity) -> bool:
    """As in "The resolution allows the deployment of up to 5,500"."""
    return quantity.qualifier == "up_to" and any(tags & {"resolution", "council"} for tags in sentence.classes)


def is_decided(sentence: Sentence, bid: Bid) -> bool:
    """As in "approved the deployment of 1,500", "the dispatch of 600 was suspended": a noun, and no movement yet."""
    before = takewhile(lambda k: not _parts(sentence, k), range(bid.mark.i - 1, bid.mark.i - 1 - NEAR, -1))
    if any("suspended" in sentence.tags(k) for k in before):
        return True
    is_noun = "of" in sentence.tags(bid.mark.j - 1) | sentence.tags(bid.mark.j) and bid.cue.name == "send"
    near = range(max(0, bid.mark.i - _DECIDED_REACH), min(len(sentence.tokens), bid.mark.j + 2 * _DECIDED_REACH))
    return is_noun and any(sentence.tags(k) & _DECISIONS or _is_pledge(sentence, k) for k in near)


def is_called_off(sentence: Sentence, quantity: Quantity, bid: Bid) -> bool:
    """As in "shelved plans to send 600", "the dispatch of 600 was cancelled": they do not come after all."""
    first, last = min(quantity.i, bid.mark.i), max(quantity.j, bid.mark.j)
    before = takewhile(lambda k: not _parts(sentence, k), range(first - 1, max(-1, first - 1 - NEAR), -1))
    after = takewhile(lambda k: not _parts(sentence, k), range(last, last + NEAR))
    return any("called_off" in sentence.tags(k) for k in before) or any(
        "called_off" in sentence.tags(k) and "be" in sentence.tags(k - 1) | sentence.tags(k) for k in after
    )


_DECIDED_REACH = 8


_DECISIONS = frozenset(["adopt", "wish", "suspended", "proposal"])


def _is_pledge(sentence: Sentence, k: int) -> bool:
    return any(cue.kind == "pledge" and not cue.weak for cue in sentence.entry(k).cues)


def granted(sentence: Sentence, quantity: Quantity, bid: Bid, status: str) -> str:
    """A size is planned as long as it is only proposed; a limit ("up to"), or what the Council adopts, is granted."""
    tags = frozenset().union(*sentence.classes)
    if "proposal" in tags:
        return "planned"
    council = "council" in tags or any((a := actor_of(m)) is not None and a.id == COUNCIL for m in sentence.each())
    is_granted = (council and bool(tags & {"adopt", "transition"})) or near(sentence, quantity, "adopt")
    if bid.cue.name == "planned size":
        # "twice the 2,500 it was meant to have": the verb is its own.
        is_granted = "adopt" in sentence.tags(bid.mark.i) or is_set_behind(sentence, quantity)
    if any("expecting" in sentence.tags(k) for k in range(min(quantity.i, bid.mark.i))) and not council:
        # "Diplomats expect it to have up to 2,500": nobody has granted them.
        return "planned"
    return "done" if quantity.qualifier == "up_to" or is_granted else status


# "autorisés en septembre par la résolution", "que contempla la resolución": so many tokens from a size to who set it.
_SETTER_REACH = 8


def is_set_behind(sentence: Sentence, quantity: Quantity) -> bool:
    """As in "the 5,500 authorised by the Council", "los 5.550 que contempla la resolución": the size is granted."""
    opened = False
    for k in range(quantity.j, min(quantity.j + _SETTER_REACH, len(sentence.tokens))):
        tags, actor = sentence.tags(k), actor_of(sentence.marks[k])
        if _parts(sentence, k) and "relative" not in tags:
            return False
        if opened and (tags & {"resolution", "council"} or (actor is not None and actor.id in _SETTERS)):
            return True
        opened = opened or bool(tags & {"by", "relative"})
    return False


_SETTERS = (COUNCIL, "UN")


def is_share_of(sentence: Sentence, quantity: Quantity) -> bool:
    """As in "less than half of the 2,500": the number is the whole that there should be."""
    return any(sentence.tags(k) & {"fraction"} for k in range(quantity.i - 4, quantity.i)) and quantity.is_definite


def is_pledged_noun(sentence: Sentence, stop: int) -> bool:
    """As in "Commitments include 1,500 troops": the subject says that the list is one of promises."""
    return any("pledge_noun" in sentence.tags(k) for k in range(stop))


def is_target(sentence: Sentence, stop: int) -> bool:
    """As in "The target is a contingent of 5,500": the subject says that the size is a goal."""
    return any("target_noun" in sentence.tags(k) for k in range(stop))


def has_timetable(sentence: Sentence) -> bool:
    """As in "in the coming weeks": soon, if not on a day."""
    return any("timetable" in sentence.tags(k) for k in range(len(sentence.tokens)))


def is_standing(sentence: Sentence, quantity: Quantity, bid: Bid) -> bool:
    """True for people who were there before: "already deployed", "the 600 sent before them"."""
    first, last = min(quantity.i, bid.mark.i), max(quantity.j, bid.mark.j)
    near = range(max(0, first - 3), min(len(sentence.tokens), last + 3))
    return any("earlier" in sentence.tags(k) and not _cut(sentence, k, first, last) for k in near)


def _cut(sentence: Sentence, k: int, first: int, last: int) -> bool:
    gap_range = range(k, first) if k < first else range(last, k)
    return any(sentence.low(n) in (",", ";") for n in gap_range)
