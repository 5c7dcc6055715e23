"""Quantity -> Cue: which verb or noun of the sentence a number belongs to.

Every cue that accepts the unit bids; the cost is the way between them plus a penalty where the number stands on the
wrong side of it. The cheapest bid wins. No tree is built: prose of news keeps its numbers beside their verbs.
"""

from __future__ import annotations

from extractors.facts.bid_costs import leaning_cue
from extractors.facts.bidding import Bid, accepts, govern
from extractors.facts.context import Reading
from extractors.facts.entry import Cue
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Sentence

__all__ = ["Bid", "bracket_bids", "govern_all", "is_listed", "leaning_cue"]

# "A constable killed in Haiti" is one dead; "a man ... said ... killed" is not.
_HIGHEST_ARTICLE_BID = 2.5
# "An armoured vehicle belonging to the Haitian police was burned": its owner stands between.
_HIGHEST_MACHINE_BID = 5.0


def govern_all(reading: Reading, active_endings: tuple[str, ...]) -> list[tuple[Quantity, list[Bid]]]:
    """Each quantity with its bids; members of a list share the bids of the first."""
    governed: list[tuple[Quantity, list[Bid]]] = []
    for quantity in reading.quantities:
        bids = bracket_bids(reading, quantity) or govern(reading, quantity, active_endings)
        before = governed[-1] if governed else None
        if before is not None and before[1] and _is_gapped(reading, quantity):
            bids = before[1]
        if before is not None and before[1] and _is_included(reading, quantity):
            bids = before[1]
        elif quantity.is_article:
            highest = _HIGHEST_MACHINE_BID if quantity.group == "equipment" else _HIGHEST_ARTICLE_BID
            bids = [bid for bid in bids if _harms(bid) and bid.cost <= highest]
            if before is not None and not bids and _ends_list_of_harmed(reading, before, quantity):
                bids = before[1]
        elif before is not None and not before[0].is_article and _shares(reading, before[0], quantity):
            bids = _share(before, quantity, bids)
        governed.append((quantity, bids))
    return _share_back(reading, governed)


def _harms(bid: Bid) -> bool:
    """True for what befalls one person or one machine."""
    return bid.cue.kind == "casualty" or bid.cue.name == "lose equipment"


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


def _ends_list_of_harmed(reading: Reading, before: tuple[Quantity, list[Bid]], quantity: Quantity) -> bool:
    """As in "killing two reporters and a policeman.", not "killed two reporters and a policeman said"."""
    first, bids = before
    if not bids or bids[0].cue.kind != "casualty" or bids[0].mark.i > first.i:
        return False
    sentence, k = reading.sentence, quantity.j
    if _is_included(reading, first) or not any("conjunction" in sentence.tags(n) for n in range(first.j, quantity.i)):
        return False
    is_end = k >= len(sentence.tokens) or not sentence.tokens[k].is_word
    return is_listed(reading, first, quantity) and (is_end or bool(sentence.tags(k) & _AFTER_LIST))


_AFTER_LIST = frozenset(["conjunction", "preposition", "place_preposition", "by"])
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
    at = _before_contingent(sentence, quantity.i - 1)
    # Spanish sets a comma where the verb was: "y Chad, 1.500"; a verb may leave its preposition: "Belize for two".
    at -= sentence.low(at) == "," or "gap_link" in sentence.tags(at)
    name = sentence.marks[at] if at >= 0 else None
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
    before = sentence.before_determiners(name.i - 1)
    if not ("conjunction" in sentence.tags(before) or sentence.low(before) in (",", ";")):
        return False
    quantity.actors = [name]
    return True


def _before_contingent(sentence: Sentence, k: int) -> int:
    """As in "Bangladés, un batallón de 1.200": the token before the noun of the body that the number is of."""
    mark = sentence.marks[k] if k >= 0 else None
    if mark is None or not any(cue.name == "contingent" for cue in mark.entry.cues):
        return k
    return mark.i - 2 if "article" in sentence.tags(mark.i - 1) else mark.i - 1


def bracket_bids(reading: Reading, quantity: Quantity) -> list[Bid]:
    """As in "promised by Benin (2,000) and Chad (1,000)": the name before the bracket, the verb before the list."""
    sentence = reading.sentence
    name = sentence.marks[quantity.i - 2] if quantity.i >= 2 else None
    if sentence.low(quantity.i - 1) != "(" or name is None or name.name is None or name.name.actor is None:
        return []
    quantity.actors = [name]
    found: list[Bid] = []
    for mark, cue in sentence.cues():
        may_list = cue.takes != "after" or cue.kind == "strength"
        if mark.i < quantity.i and may_list and cue.kind in _LISTED_KINDS and accepts(cue, quantity):
            found = [Bid(0.0, mark, cue)]
    return found or _told_of_list(sentence, quantity)


_LISTED_KINDS = ("pledge", "deployment", "strength")


def _told_of_list(sentence: Sentence, quantity: Quantity) -> list[Bid]:
    """As in "Offers have come: Benin (2,000)", "Those who sent nobody: Benin (2,000)", "Benin (2,000) promised men"."""
    if sentence.low(quantity.j) != ")":
        return []
    for mark in sentence.each():
        tags = mark.entry.tags
        if mark.i < quantity.i and "failing" in tags:
            return [Bid(0.0, mark, _UNKEPT)]
        if tags & {"roster_pledge", "pledge_noun"}:
            return [Bid(0.0, mark, _OFFERED)]
        if mark.i > quantity.i and any(cue.name == "pledge" for cue in mark.entry.cues):
            return [Bid(0.0, mark, _OFFERED)]
    return []


_PEOPLE = frozenset(["force", "civil"])
_OFFERED = Cue("listed", "pledge", "either", _PEOPLE, status="pledged", bare=True)
_UNKEPT = Cue("listed", "pledge", "either", _PEOPLE, status="unfulfilled", bare=True)


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
