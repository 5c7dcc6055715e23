"""Quantity -> Cue: which verb or noun of the sentence a number belongs to.

Every cue that accepts the unit bids; the cost is the way between them plus a penalty where the number stands on the
wrong side of it. The cheapest bid wins. No tree is built: prose of news keeps its numbers beside their verbs.
"""

from __future__ import annotations

from typing import NamedTuple

from extractors.facts.context import Reading
from extractors.facts.lexicon import Cue
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Mark, Sentence
from extractors.facts.slots import gap

# Dearer bids than this are chance neighbours.
HIGHEST_BID = 11.0
_HIGHEST_NOUN_BID = 4.0
# "A constable killed in Haiti" is one dead; "a man ... said ... killed" is not.
_HIGHEST_ARTICLE_BID = 2.5
# A noun of no known meaning is people only right beside a verb of harm.
_HIGHEST_UNKNOWN_BID = 3.0
_WRONG_SIDE = 5.0
_WRONG_SIDE_OF_NOUN = 9.0
_SAME_GROUP_BETWEEN = 2.0
_COLON_REACH = 8
_OTHER_CUE_BETWEEN = 0.7


class Bid(NamedTuple):
    """A cue that claims a quantity, and what it costs."""

    cost: float
    mark: Mark
    cue: Cue


def govern_all(reading: Reading, active_endings: tuple[str, ...]) -> list[tuple[Quantity, list[Bid]]]:
    """Each quantity with its bids; members of a list share the bids of the first."""
    governed: list[tuple[Quantity, list[Bid]]] = []
    for quantity in reading.quantities:
        bids = _bracket_bids(reading, quantity) or govern(reading, quantity, active_endings)
        before = governed[-1] if governed else None
        if before is not None and before[1] and _is_gapped(reading, quantity):
            bids = before[1]
        if before is not None and before[1] and _is_included(reading, quantity):
            bids = before[1]
        elif quantity.is_article:
            bids = [bid for bid in bids if bid.cue.kind == "casualty" and bid.cost <= _HIGHEST_ARTICLE_BID]
        elif before is not None and not before[0].is_article and _shares(reading, before[0], quantity):
            bids = _share(before, quantity, bids)
        governed.append((quantity, bids))
    return _share_back(reading, governed)


def _share_back(reading: Reading, governed: list[tuple[Quantity, list[Bid]]]) -> list[tuple[Quantity, list[Bid]]]:
    """As in "A policeman and two civilians were killed": the one before the list's last member is of its verb too."""
    for k, (second, bids) in enumerate(governed[1:]):
        first, own = governed[k]
        if (
            first.is_article
            and not own
            and bids
            and bids[0].cue.kind == "casualty"
            and is_listed(reading, first, second)
        ):
            governed[k] = (first, bids)
    return governed


_OWN_VERB_REACH = 6


def _is_included(reading: Reading, quantity: Quantity) -> bool:
    """As in "Nine people, among them a nun, were abducted": one of the nine."""
    sentence, first = reading.sentence, max(0, quantity.i - 2)
    if not any("including" in sentence.tags(k) for k in range(first, quantity.i)):
        return False
    if quantity.group not in ("civil", "force", "gang", "unknown", "nationals"):
        return False
    # "Of whom four were wounded" has a verb of its own.
    after = range(quantity.j, min(quantity.j + _OWN_VERB_REACH, len(sentence.tokens)))
    ends = next((k for k in after if sentence.low(k) in (",", ".", ";", ":")), after.stop)
    return not any(sentence.entry(k).cues for k in range(quantity.j, ends))


def _is_gapped(reading: Reading, quantity: Quantity) -> bool:
    """As in "Jamaica sent 24, Belize two": a name and a bare number, the verb left out."""
    sentence = reading.sentence
    name = sentence.marks[quantity.i - 1] if quantity.i > 0 else None
    if (
        quantity.group not in ("bare", "force")
        or quantity.actors
        or name is None
        or name.is_compound
        or name.name is None
    ):
        return False
    if name.name.actor is None or name.name.actor.type != "state" or name.name.form != "name":
        return False
    before = name.i - 1
    while "determiner" in sentence.tags(before):
        before -= 1
    if not ("conjunction" in sentence.tags(before) or sentence.low(before) == ","):
        return False
    quantity.actors = [name]
    return True


def _bracket_bids(reading: Reading, quantity: Quantity) -> list[Bid]:
    """As in "promised by Benin (2,000) and Chad (1,000)": the name before the bracket, the verb before the list."""
    sentence = reading.sentence
    name = sentence.marks[quantity.i - 2] if quantity.i >= 2 else None
    if sentence.low(quantity.i - 1) != "(" or name is None or name.name is None or name.name.actor is None:
        return []
    quantity.actors = [name]
    found: list[Bid] = []
    for mark, cue in sentence.cues():
        may_list = cue.takes != "after" or cue.kind == "strength"
        if mark.i < quantity.i and may_list and cue.kind in _LISTED_KINDS and _accepts(cue, quantity):
            found = [Bid(0.0, mark, cue)]
    return found


_LISTED_KINDS = ("pledge", "deployment", "strength")


def _shares(reading: Reading, first: Quantity, second: Quantity) -> bool:
    """Members of a list share a verb, but for one that has a clause of its own ("and the 70 who are still missing")."""
    if second.is_definite and leaning_cue(reading.sentence, second) is not None:
        return False
    return is_listed(reading, first, second)


_LISTING = frozenset(["conjunction", "list_sign", "from", "determiner", "including"])


def is_listed(reading: Reading, first: Quantity, second: Quantity) -> bool:
    """As in "20 soldiers and four police from Jamaica as well as two from Belize": only list words between."""
    if _sort(first) not in ("person", "event", "equipment") or _sort(first) != _sort(second):
        return False
    sentence = reading.sentence
    tokens = range(first.j, second.i)
    if not tokens or not any("conjunction" in sentence.tags(k) or sentence.low(k) == "," for k in tokens):
        return False
    return all(
        sentence.tags(k) & _LISTING or sentence.name(k) is not None or sentence.low(k) in (",", "(") for k in tokens
    )


def _sort(quantity: Quantity) -> str:
    return "person" if quantity.group in _PERSONS else quantity.group


_PERSONS = frozenset(["force", "nationals", "civil", "gang", "unknown"])


def _is_bare(quantity: Quantity) -> bool:
    """A number whose noun is left out counts what the one beside it counts: "1,247 people died and 710 were hurt"."""
    return quantity.group == "bare" and not quantity.is_article


def _share(before: tuple[Quantity, list[Bid]], quantity: Quantity, own: list[Bid]) -> list[Bid]:
    first, shared = before
    if first.group == "event":
        if quantity.qualifier == "exact" and first.qualifier in ("at_least", "more_than"):
            quantity.qualifier = first.qualifier
        return own
    if not quantity.actors and first.actors and not first.is_definite and quantity.group != "civil":
        quantity.actors = first.actors
    elif not first.actors and quantity.has_origin:
        first.actors = quantity.actors
    return shared or own


def govern(reading: Reading, quantity: Quantity, active_endings: tuple[str, ...]) -> list[Bid]:
    """The bids for a quantity, cheapest first."""
    bids = _total_bid(reading, quantity) + _noun_bids(reading, quantity)
    for mark, cue in reading.sentence.cues():
        if not _accepts(cue, quantity) or quantity.i <= mark.i < quantity.j or _is_of_whole(reading, quantity, mark):
            continue
        bid = Bid(_cost(reading, quantity, mark, cue, active_endings), mark, cue)
        if bid.cost <= _highest(quantity, cue):
            bids.append(bid)
    return sorted(bids, key=lambda bid: bid.cost)


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
    units = [mark.entry.unit for mark in reading.sentence.each() if mark.entry.unit and mark.i < quantity.i]
    if harms or any(unit.kind or unit.group in ("civil", "household", "equipment") for unit in units):
        return ()
    return TOTALS


def _noun_bids(reading: Reading, quantity: Quantity) -> list[Bid]:
    """A noun that says what happened ("displaced people", "700-strong") bids like a verb."""
    unit, at = quantity.unit, quantity.unit_at
    if unit is not None and at is not None and unit.kind == "strength":
        mark = reading.sentence.marks[at[0]]
        return [Bid(0.0, mark, _NOUN_CUE)] if mark is not None else []
    around = frozenset().union(*(reading.sentence.tags(k) for k in range(quantity.i - 1, quantity.figure[0])))
    if quantity.group not in ("bare", "civil") or not around & {"to", "amounting"}:
        return []
    for mark in reading.sentence.each():
        noun = mark.entry.unit
        if mark.j <= quantity.i and noun is not None and noun.kind is not None:
            cue = Cue(
                noun.name, noun.kind, "either", _PEOPLE, subkind=noun.subkind, measure=noun.measure or "cumulative"
            )
            return [Bid(0.0, mark, cue)]
    return []


_PEOPLE = frozenset(["civil", "bare"])
_NOUN_CUE = Cue("strong", "strength", "either", frozenset(["force"]), measure="stock")


_TOLL = Cue("death toll", "casualty", "after", _PEOPLE, subkind="killed", measure="cumulative", bare=True)
TOTALS = (Cue("total", "strength", "after", frozenset(["force"]), measure="cumulative", bare=True),)


def _is_of_whole(reading: Reading, quantity: Quantity, mark: Mark) -> bool:
    """As in "1,000 of the planned 2,500", "eight of the 78 it promised": what leans on the whole belongs to it."""
    whole = quantity.whole
    if whole is None or whole.figure[0] < quantity.figure[1]:
        return False
    return quantity.figure[1] <= mark.i < whole.figure[0] or mark.i == leaning_cue(reading.sentence, whole)


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


def _accepts(cue: Cue, quantity: Quantity) -> bool:
    if quantity.group == "bare":
        return cue.bare
    if quantity.group == "unknown":
        return cue.kind == "casualty" and "civil" in cue.accepts and cue.takes != "after"
    if quantity.unit is not None and quantity.unit.name in cue.accepts:
        return True
    if quantity.group == "nationals":
        return "force" in cue.accepts
    return quantity.group in cue.accepts


def _cost(reading: Reading, quantity: Quantity, mark: Mark, cue: Cue, active_endings: tuple[str, ...]) -> float:
    is_after = quantity.i >= mark.j
    if quantity.group == "bare" and cue.kind == "casualty" and mark.i == quantity.j:
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
    """Past ", among them 10 women and three infants," between a number and its verb."""
    if sentence.low(first) != "," or not any("including" in sentence.tags(k) for k in (first + 1, first + 2)):
        return first
    return next((k + 1 for k in range(last - 1, first, -1) if sentence.low(k) == ","), first)


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
    return any(not cue.accepts <= _THINGS for cue in mark.entry.cues)


_THINGS = frozenset(["money", "percent", "equipment"])


# A verb in the number's own relative clause beats all but a verb right beside it.
_LEAN = 0.6


def _side(
    reading: Reading, mark: Mark, cue: Cue, way: float, *, is_after: bool, active_endings: tuple[str, ...]
) -> float:
    if cue.takes == "either":
        return 0.0
    if cue.takes == "after":
        return 0.0 if is_after else _WRONG_SIDE_OF_NOUN
    if cue.takes == "subject":
        return 0.0 if not is_after else _WRONG_SIDE / 2
    is_passive = _is_passive(reading, mark, active_endings)
    if is_after:
        # "Troops have been promised: 150 by ..." opens a list behind the verb.
        lists = any(reading.sentence.low(k) == ":" for k in range(mark.j, mark.j + _COLON_REACH))
        return _WRONG_SIDE if is_passive and way > 1 and not lists else 0.0
    is_near = (way <= 1.5 or _is_relative(reading, mark)) and not _is_joined(reading, mark)
    return 0.0 if is_passive or is_near else _WRONG_SIDE


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
