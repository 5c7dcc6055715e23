"""Quantity, cue -> cost of a bid: the way between them, and the side of the verb that the number stands on."""

from __future__ import annotations

from extractors.facts.context import Reading
from extractors.facts.entry import THINGS, Cue
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Mark, Sentence
from extractors.facts.slots import gap

_WRONG_SIDE = 5.0
_WRONG_SIDE_OF_NOUN = 9.0
_SAME_GROUP_BETWEEN = 2.0
_COLON_REACH = 8
_OTHER_CUE_BETWEEN = 0.7


def cost_of(reading: Reading, quantity: Quantity, mark: Mark, cue: Cue, active_endings: tuple[str, ...]) -> float:
    """What the cue would pay for the quantity; less is nearer."""
    is_after = quantity.i >= mark.j
    if quantity.group == "bare" and cue.kind == "casualty" and mark.i == quantity.j:
        return cue.weak - _LEAN
    if quantity.group == "civil" and cue.kind == "displacement" and mark.i == quantity.j:
        # "sending hundreds of others fleeing"
        return cue.weak - _LEAN
    first, last = (mark.j, quantity.i) if is_after else (_past_parts(reading.sentence, quantity.j, mark.i), mark.i)
    way = gap(reading, first, last) + _between(reading, quantity, first, last)
    if not is_after and cue.takes in ("object", "either") and mark.i == leaning_cue(reading.sentence, quantity):
        return cue.weak + _LEAN
    if is_after and cue.kind in ("strength", "deployment") and _has_part_between(reading, quantity, mark):
        way += _WRONG_SIDE
    return way + cue.weak + _side(reading, mark, cue, way, is_after=is_after, active_endings=active_endings)


def _has_part_between(reading: Reading, quantity: Quantity, mark: Mark) -> bool:
    """As in "has 400 of the planned 2,500": those who are there are the part, not the whole."""
    return any(part.whole is quantity and mark.j <= part.figure[0] < quantity.figure[0] for part in reading.quantities)


def _past_parts(sentence: Sentence, first: int, last: int) -> int:
    """Past ", among them 10 women and three infants," or "– the most ever –" between a number and its verb."""
    opening = sentence.low(first)
    if opening in _CLOSINGS:
        return next((k + 1 for k in range(first + 1, last) if sentence.low(k) == _CLOSINGS[opening]), first)
    if opening != ",":
        return first
    closing = next((k for k in range(last - 1, first, -1) if sentence.low(k) == ","), first)
    # "5.2 million, or one in two, need help": the verb stands right behind the comma that closes.
    is_apposition = closing == last - 1 and not any(sentence.entry(k).cues for k in range(first, closing))
    is_part = any("including" in sentence.tags(k) for k in (first + 1, first + 2))
    return closing + 1 if closing > first and (is_apposition or is_part) else first


# The signs that close what they open; a comma may open another member of a list instead.
_CLOSINGS = {"–": "–", "—": "—", "(": ")"}


def _between(reading: Reading, quantity: Quantity, first: int, last: int) -> float:
    extra = 0.0
    for other in reading.quantities:
        if first <= other.figure[0] < last and other is not quantity and other.whole is not quantity:
            extra += _SAME_GROUP_BETWEEN if other.group == quantity.group or _is_bare(other) else 0.0
    marks = {id(m): m for m in reading.sentence.marks[first:last] if m is not None and m.entry.cues}
    of_people = quantity.group not in ("money", "percent", "equipment")
    return extra + _OTHER_CUE_BETWEEN * sum(not of_people or _counts_people(m) for m in marks.values())


def _counts_people(mark: Mark) -> bool:
    """False for cues of money and machines alone, which say nothing of people beside them."""
    return any(not cue.accepts <= THINGS for cue in mark.entry.cues)


# A verb in the number's own relative clause beats all but a verb right beside it.
_LEAN = 0.6


def _side(
    reading: Reading, mark: Mark, cue: Cue, way: float, *, is_after: bool, active_endings: tuple[str, ...]
) -> float:
    if cue.takes == "either":
        return 0.0
    if cue.takes == "after":
        return 0.0 if is_after and not _is_member_of_list(reading, mark, way) else _WRONG_SIDE_OF_NOUN
    if cue.takes == "subject":
        return 0.0 if not is_after else _WRONG_SIDE / 2
    is_passive = _is_passive(reading, mark, active_endings)
    if is_after:
        # "Troops have been promised: 150 by ..." opens a list behind the verb.
        lists = any(reading.sentence.low(k) == ":" for k in range(mark.j, mark.j + _COLON_REACH))
        return _WRONG_SIDE if is_passive and way > 1 and not lists else 0.0
    is_near = (way <= 1.5 or _is_relative(reading, mark)) and not _is_joined(reading, mark)
    return 0.0 if is_passive or is_near else _WRONG_SIDE


def _is_member_of_list(reading: Reading, mark: Mark, way: float) -> bool:
    """As in "another contingent and 70 soldiers": the noun stands beside the number, and does not count it."""
    if "contingent_noun" not in mark.entry.tags or way <= 0:
        return False
    number = next((q.i for q in reading.quantities if q.i >= mark.j), mark.j)
    return any("conjunction" in reading.sentence.tags(k) for k in range(mark.j, number))


def _is_passive(reading: Reading, mark: Mark, active_endings: tuple[str, ...]) -> bool:
    sentence = reading.sentence
    if active_endings and sentence.tokens[mark.i].low.endswith(active_endings):
        return False
    k = mark.i - 1
    while k >= 0 and (
        sentence.tags(k) & {"negation", "earlier", "only", "more", "same_period"} or sentence.low(k).endswith("ly")
    ):
        k -= 1
    return "be" in sentence.tags(k) or "be" in sentence.tags(mark.i)


def _is_joined(reading: Reading, mark: Mark) -> bool:
    """As in "killed 1,247 people and wounded 710": a verb behind "and" has its number behind it."""
    sentence = reading.sentence
    tags = sentence.tags(mark.i - 1)
    after = mark.j
    while sentence.tags(after) & {"to", "determiner", "more"} or sentence.entry(after).qualifier:
        after += 1
    return "conjunction" in tags and any(q.i <= after < q.j or q.figure[0] == after for q in reading.quantities)


def _is_relative(reading: Reading, mark: Mark) -> bool:
    """As in "the 1,000 it had promised", "the officers Nairobi had sent": a clause that leans on its number."""
    sentence = reading.sentence
    k = mark.i - 1
    while k >= 0 and (
        sentence.tags(k) & {"have", "be", "modal", "earlier", "future"} or sentence.low(k).endswith("ly")
    ):
        k -= 1
    tags = sentence.tags(k)
    return bool(tags & {"pronoun", "relative"}) or sentence.name(k) is not None


# "the 78 that President Nayib Bukele had long promised": so many tokens may stand between the number and its verb.
_LEANING_REACH = 9


def leaning_cue(sentence: Sentence, quantity: Quantity) -> int | None:
    """The first cue of the clause or participle that leans on a number: "78 that X promised", "250 pledged"."""
    opened = False
    for k in range(quantity.j, min(quantity.j + _LEANING_REACH, len(sentence.tokens))):
        tags = sentence.tags(k)
        if k > quantity.j and sentence.marks[k] is sentence.marks[k - 1] and sentence.marks[k] is not None:
            continue
        opened = opened or bool(tags & {"relative", "pronoun"}) or sentence.name(k) is not None
        if sentence.low(k) in (",", ";", ":", "(") or ("break" in tags and "relative" not in tags):
            return None
        if sentence.entry(k).cues and (opened or k == quantity.j):
            return k
        if not opened:
            return None
    return None


def _is_bare(quantity: Quantity) -> bool:
    """A number whose noun is left out counts what the one beside it counts: "1,247 people died and 710 were hurt"."""
    return quantity.group == "bare" and not quantity.is_article
