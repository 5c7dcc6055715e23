"""Quantity -> bids: every cue of the sentence that may govern it, cheapest first."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from extractors.facts.bid_costs import cost_of, leaning_cue
from extractors.facts.context import Reading
from extractors.facts.entry import Cue
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Mark, Sentence

# Dearer bids than this are chance neighbours.
HIGHEST_BID = 11.0
_HIGHEST_NOUN_BID = 4.0
# A noun of no known meaning is people only right beside a verb of harm.
_HIGHEST_UNKNOWN_BID = 3.0


class Bid(NamedTuple):
    """A cue that claims a quantity, and what it costs."""

    cost: float
    mark: Mark
    cue: Cue


def govern(reading: Reading, quantity: Quantity, active_endings: tuple[str, ...]) -> list[Bid]:
    """The bids for a quantity, cheapest first."""
    behind = _said_behind(reading, quantity)
    if behind is not None and behind.cue.kind == "casualty":
        return [behind]
    bids = [
        *_total_bid(reading, quantity),
        *_noun_bids(reading, quantity),
        *_departure_bids(reading, quantity),
        *_size_bids(reading, quantity),
    ]
    counts_dead = _counts_dead(reading, quantity)
    for mark, named in reading.sentence.cues():
        cue = _TOLL if counts_dead and named.name == "total" else named
        if cue.name == "have" and "said" in reading.sentence.tags(mark.j):
            # "has told the UN that its 150 will be ready": an auxiliary.
            continue
        if cue.name == "leave behind" and _is_harmed(reading.sentence, quantity):
            continue
        if not accepts(cue, quantity) or quantity.i <= mark.i < quantity.j or _is_of_whole(reading, quantity, mark):
            continue
        bid = Bid(cost_of(reading, quantity, mark, cue, active_endings), mark, cue)
        if bid.cost <= _highest(quantity, cue):
            bids.append(bid)
    if behind is not None:
        bids = [bid for bid in bids if bid.cue.name != "total"]
    return sorted(bids, key=lambda bid: bid.cost)


# "brings to three the number of Kenyan police killed": so many tokens from the number to its noun, and on to the verb.
_NUMBER_NOUN_REACH = 2
_SAID_REACH = 7
_NUMBER_NOUN = frozenset(["recount", "ongoing_sum"])


def _said_behind(reading: Reading, quantity: Quantity) -> Bid | None:
    """What a new total is of, where its noun follows it: "porte à 2 000 le nombre de soldats qu'il promet"."""
    sentence = reading.sentence
    noun = range(quantity.figure[1], max(quantity.j, quantity.figure[1] + _NUMBER_NOUN_REACH))
    before = range(max(0, quantity.i - _NUMBER_NOUN_REACH), quantity.i)
    if not any(_raises(sentence, k) for k in before) or not any(sentence.tags(k) & _NUMBER_NOUN for k in noun):
        return None
    for k in range(noun.start, min(noun.stop + _SAID_REACH, len(sentence.tokens))):
        mark = sentence.marks[k]
        if sentence.low(k) in (",", ";", ".") or mark is None:
            continue
        cue = next((cue for cue in mark.entry.cues if cue.kind in ("casualty", "pledge")), None)
        if cue is not None:
            is_harm = cue.kind == "casualty"
            return Bid(0.0, mark, replace(_TOLL, name=NUMBER_OF, subkind=cue.subkind) if is_harm else cue)
    return None


# The name of the cue, and so of the rule, of what a new total counts.
NUMBER_OF = "number of"


def _raises(sentence: Sentence, k: int) -> bool:
    return "rising" in sentence.tags(k) or any(cue.name == "total" for cue in sentence.entry(k).cues)


def _highest(quantity: Quantity, cue: Cue) -> float:
    if quantity.group == "unknown":
        return _HIGHEST_UNKNOWN_BID
    return _HIGHEST_NOUN_BID if cue.takes == "after" else HIGHEST_BID


# "brings the number of officers to 600": the verb may stand so many tokens before its "to".
_RISE_REACH = 14


def _total_bid(reading: Reading, quantity: Quantity) -> list[Bid]:
    """A number after "to" with a verb of rising before it is a new total."""
    sentence = reading.sentence
    at = _past_adjective(sentence, quantity.i - 1)
    to = sentence.marks[at] if at >= 0 else None
    if (
        quantity.group not in ("force", "bare", "nationals")
        or to is None
        or "to" not in to.entry.tags
        or to.j - to.i > 1
    ):
        return []
    for k in range(quantity.i - 2, max(-1, quantity.i - _RISE_REACH), -1):
        mark = sentence.marks[k]
        if mark is not None and "rising" in mark.entry.tags:
            return [Bid(0.0, mark, cue) for cue in _what_rises(reading, k, quantity)]
        if "break" in sentence.tags(k):
            break
    return []


# "to 4,864 the number of dead": so many tokens behind the total.
_NOUN_REACH = 5


def _counts_dead(reading: Reading, quantity: Quantity) -> bool:
    """As in "eleva a 4.864 los muertos": the noun of a bare total follows it."""
    behind = (reading.sentence.entry(k) for k in range(quantity.j, quantity.j + _NOUN_REACH))
    return quantity.group == "bare" and any(e.unit is not None and e.unit.subkind == "killed" for e in behind)


def _past_adjective(sentence: Sentence, k: int) -> int:
    """As in "to an appalling 5,000", "à un total effrayant de": one plain word and its article."""
    if k > 1 and sentence.marks[k] is None and sentence.tokens[k].is_word and "article" in sentence.tags(k - 1):
        return k - 2
    return k


def _what_rises(reading: Reading, stop: int, quantity: Quantity) -> tuple[Cue, ...]:
    """The total of a force, unless the sentence counts the dead ("the toll has risen to 115") or other people."""
    before = [mark for mark in reading.sentence.each() if mark.i < stop]
    if any("toll" in mark.entry.tags for mark in reading.sentence.each() if mark.i < quantity.i):
        return (_TOLL,)
    harms = any(cue.kind == "casualty" for mark in before for cue in mark.entry.cues)
    if _counts_dead(reading, quantity):
        return (_TOLL,)
    units = [mark.entry.unit for mark in reading.sentence.each() if mark.entry.unit and mark.i < quantity.i]
    if quantity.group == "nationals":
        units = []
    # "The sites have risen from 142 to 246": those where people shelter.
    harms = harms or any("shelter_noun" in mark.entry.tags for mark in before)
    if harms or any(unit.kind or unit.group in ("civil", "household", "equipment") for unit in units):
        return ()
    return TOTALS


def _noun_bids(reading: Reading, quantity: Quantity) -> list[Bid]:
    """A noun that says what happened ("displaced people", "700-strong") bids like a verb."""
    unit, at = quantity.unit, quantity.unit_at
    if unit is not None and at is not None and (unit.kind == "strength" or _is_size_of_force(reading, quantity)):
        mark = reading.sentence.marks[at[0]]
        return [Bid(0.0, mark, _NOUN_CUE)] if mark is not None else []
    around = frozenset().union(*(reading.sentence.tags(k) for k in range(quantity.i - 1, quantity.figure[0])))
    if quantity.group not in ("bare", "civil") or not around & {"to", "amounting"}:
        return []
    for mark in reversed([mark for mark in reading.sentence.each() if mark.j <= quantity.i]):
        noun = mark.entry.unit
        told = next((cue for cue in mark.entry.cues if _tells_what_happened(cue)), None)
        if noun is not None and noun.kind is not None:
            cue = Cue(
                noun.name, noun.kind, "either", _PEOPLE, subkind=noun.subkind, measure=noun.measure or "cumulative"
            )
            return [Bid(0.0, mark, cue)]
        if noun is None and told is not None and _is_total_of(reading, quantity, mark) and told.bare:
            measure = "cumulative" if told.kind == "casualty" else told.measure
            return [Bid(0.0, mark, replace(told, measure=measure))]
        if noun is None and told is not None and told.kind == "casualty":
            return []
    return []


def _is_size_of_force(reading: Reading, quantity: Quantity) -> bool:
    """As in "the 991-member mission": a hyphen joins the noun to its number, and the force follows."""
    sentence, at = reading.sentence, quantity.unit_at
    if at is None or quantity.group != "force" or sentence.low(at[0] - 1) != "-" or at[0] - 1 != quantity.figure[1]:
        return False
    return any(
        "mission_word" in sentence.tags(k) and "contingent_noun" not in sentence.tags(k)
        for k in range(at[1], at[1] + 2)
    )


# "The strength of the force, he said, is now 785": so many tokens between the noun and its verb.
_SIZE_REACH = 12
_BESIDE_BE = frozenset(["at_present", "only", "earlier", "total"])


def _size_bids(reading: Reading, quantity: Quantity) -> list[Bid]:
    """As in "The strength of the force is 785": a noun of size that a form of "be" links to the number."""
    sentence, k = reading.sentence, quantity.i - 1
    while k > 0 and sentence.tags(k) & _BESIDE_BE and "be" not in sentence.tags(k):
        k -= 1
    if quantity.group not in ("force", "bare") or "be" not in sentence.tags(k):
        return []
    for n in range(k - 1, max(-1, k - 1 - _SIZE_REACH), -1):
        mark = sentence.marks[n]
        if sentence.low(n) in (";", ":") or "relative" in sentence.tags(n):
            return []
        if mark is not None and "size_noun" in mark.entry.tags:
            counts_others = any(_counts_others(sentence, m) for m in range(mark.i, k))
            return [] if counts_others else [Bid(0.0, mark, cue) for cue in TOTALS]
    return []


def _counts_others(sentence: Sentence, k: int) -> bool:
    """As in "The number of people killed is 785"."""
    entry = sentence.entry(k)
    is_unit = entry.unit is not None and (entry.unit.kind is not None or entry.unit.group != "force")
    return is_unit or any(cue.kind not in ("strength", "deployment", "mandate", "pledge") for cue in entry.cues)


def _is_total_of(reading: Reading, quantity: Quantity, mark: Mark) -> bool:
    """As in "bringing the number of Kenyans killed to five", "those killed when gangs attacked have risen to 109"."""
    return any("rising" in reading.sentence.tags(k) for k in range(mark.i - _RISE_REACH, quantity.i))


_PEOPLE = frozenset(["civil", "bare"])


def _tells_what_happened(cue: Cue) -> bool:
    """A verb, and then a count: "the number of people displaced has jumped to 578,000"; not "to reach 578,000"."""
    return cue.kind == "casualty" or (cue.kind in ("displacement", "need") and cue.takes != "after")


_NOUN_CUE = Cue("strong", "strength", "either", frozenset(["force"]), measure="stock")


_TOLL = Cue("death toll", "casualty", "after", _PEOPLE, subkind="killed", measure="cumulative", bare=True)
TOTALS = (Cue("total", "strength", "after", frozenset(["force"]), measure="stock", bare=True),)


def _is_of_whole(reading: Reading, quantity: Quantity, mark: Mark) -> bool:
    """As in "1,000 of the planned 2,500", "eight of the 78 it promised": what leans on the whole belongs to it."""
    whole = quantity.whole
    if whole is None or whole.figure[0] < quantity.figure[1]:
        return False
    return quantity.figure[1] <= mark.i < whole.figure[0] or mark.i == leaning_cue(reading.sentence, whole)


def _departure_bids(reading: Reading, quantity: Quantity) -> list[Bid]:
    """As in "20 soldiers left Kingston": who sets out from the capital of a contributor is sent by it."""
    sentence = reading.sentence
    if quantity.group not in ("force", "nationals") or quantity.is_article:
        return []
    for mark in sentence.each():
        home = _home_left(sentence, mark) if mark.i >= quantity.j and "leaving" in mark.entry.tags else None
        if home is not None:
            quantity.actors = quantity.actors or [home]
            return [Bid(cost_of(reading, quantity, mark, _DEPART, ()), mark, _DEPART)]
    return []


def _home_left(sentence: Sentence, mark: Mark) -> Mark | None:
    """The contributor right behind a verb of leaving, or behind its preposition ("salieron de Kingston")."""
    k = mark.j + ("from" in sentence.tags(mark.j))
    home = sentence.marks[k] if k < len(sentence.marks) else None
    actor = home.name.actor if home is not None and home.name is not None else None
    if home is None or actor is None or not {"contributor", "lead"} & set(actor.roles) or home.is_compound:
        return None
    is_longer = home.j < len(sentence.tokens) and sentence.tokens[home.j].is_capital
    return None if is_longer else home


_DEPART = Cue("arrive", "deployment", "subject", frozenset(["force"]), bare=True)


def _is_harmed(sentence: Sentence, quantity: Quantity) -> bool:
    """As in "leaving one Kenyan dead": they are not left to serve."""
    entry = sentence.entry(quantity.j)
    is_noun = entry.unit is not None and entry.unit.kind == "casualty"
    return is_noun or any(cue.kind == "casualty" for cue in entry.cues)


def accepts(cue: Cue, quantity: Quantity) -> bool:
    """True when a cue can govern what is counted."""
    if quantity.group == "bare":
        return cue.bare
    if quantity.group == "unknown":
        return cue.kind == "casualty" and "civil" in cue.accepts and cue.takes != "after"
    if quantity.unit is not None and quantity.unit.name in cue.accepts:
        return True
    if quantity.group == "nationals":
        return "force" in cue.accepts
    return quantity.group in cue.accepts
