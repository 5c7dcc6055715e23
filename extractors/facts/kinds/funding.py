"""Money -> funding: paid, pledged, requested, needed or not forthcoming; who pays and for whom."""

from __future__ import annotations

from extractors.facts.context import Context, Reading
from extractors.facts.drafts import Draft
from extractors.facts.entry import Cue
from extractors.facts.governing import Bid
from extractors.facts.kinds.payers import put_payer
from extractors.facts.kinds.values import new_draft
from extractors.facts.kinds.verb_moods import is_promise
from extractors.facts.kinds.whole_force import speaks_of_force
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Mark, Sentence
from extractors.facts.slots import gap, is_future, nearest_date, put_date

_MEASURES = {
    "done": "flow",
    "pledged": "flow",
    "requested": "requirement",
    "needed": "requirement",
    "unfulfilled": "requirement",
}
# Smaller sums are wages and tickets: of 460 annotated ones none is.
_SMALLEST_SUM = 100_000
# A word of another trade (ransom, prices, wages) so near to the sum takes it out of the mission's purse.
_OTHER_TRADE_REACH = 7.0


def draft_money(context: Context, reading: Reading, quantity: Quantity, bids: list[Bid]) -> Draft | None:
    """Funding, unless the money is a bounty, a price, or a sum just told in another currency."""
    if quantity.value < _SMALLEST_SUM or _is_other_trade(reading, quantity, bids) or _is_restated(reading, quantity):
        return None
    bids = [bid for bid in bids if bid.cue.kind == "funding" and not _is_of_next_sum(reading, quantity, bid)]
    status, bid = _read_status(context, reading, quantity, bids)
    if status in (None, "done", "pledged") and _is_unkept(reading, quantity):
        status = "unfulfilled"
    if status is None:
        return None
    name = bid.cue.name if bid is not None else "listed"
    trigger = (bid.mark.i, bid.mark.j) if bid is not None else None
    draft = new_draft("funding", f"funding.{name}", reading, quantity, trigger)
    draft.fields.update(status=status, measure=_measure(reading, status, bid), currency=quantity.currency)
    if quantity.unit_at is not None:
        draft.put("unit", reading.sentence.span(*quantity.unit_at), unit=quantity.currency)
    else:
        draft.put("unit", None, unit=quantity.currency)
    put_payer(context, reading, draft, quantity, bid)
    mention = nearest_date(reading, bid.mark.i if bid is not None else quantity.i)
    if mention is not None:
        put_date(draft, mention, future=False)
    reading.paid.append((quantity, draft))
    return draft


def _is_of_next_sum(reading: Reading, quantity: Quantity, bid: Bid) -> bool:
    """As in "approved 40 million in spite of the freeze of 13 million": the noun is that of the sum right behind it."""
    if bid.mark.i < quantity.j or "of" not in reading.sentence.tags(bid.mark.j - 1):
        return False
    return any(q.group == "money" and q.i == bid.mark.j for q in reading.quantities)


def _measure(reading: Reading, status: str, bid: Bid | None) -> str:
    """What is frozen was to flow, what is short is required; a sum in a list is what the one before is."""
    if status != "unfulfilled":
        return _MEASURES[status]
    if bid is None:
        return str(reading.paid[-1][1].fields["measure"]) if reading.paid else _MEASURES[status]
    return bid.cue.measure or _MEASURES[status]


def _is_other_trade(reading: Reading, quantity: Quantity, bids: list[Bid]) -> bool:
    others = [bid for bid in bids if bid.cue.kind == "none"]
    if not others:
        return False
    ours = next((bid for bid in bids if bid.cue.kind == "funding"), None)
    nearest = min(_way(reading, quantity, bid) for bid in others)
    return nearest <= _OTHER_TRADE_REACH and (ours is None or nearest <= _way(reading, quantity, ours) + 3)


def _way(reading: Reading, quantity: Quantity, bid: Bid) -> float:
    first, last = (bid.mark.j, quantity.i) if bid.mark.i < quantity.i else (quantity.j, bid.mark.i)
    return gap(reading, first, last)


# "8.5 billion shillings ($66 million)", "soit 66 millions de dollars".
_RESTATING_REACH = 4


def _is_restated(reading: Reading, quantity: Quantity) -> bool:
    """True where the sum before is the same money in another currency."""
    sentence = reading.sentence
    before = [q for q in reading.quantities if q.group == "money" and q.j <= quantity.i]
    if not before or before[-1].currency == quantity.currency or quantity.i - before[-1].j > _RESTATING_REACH:
        return False
    between = range(before[-1].j, quantity.i)
    opens = any(sentence.low(k) in ("(", "[") or "restating" in sentence.tags(k) for k in between)
    return opens and not any(sentence.name(k) is not None for k in between)


def _read_status(
    context: Context, reading: Reading, quantity: Quantity, bids: list[Bid]
) -> tuple[str | None, Bid | None]:
    """The status of a sum and the cue it is read from; a sum in a list shares that of the one before."""
    sentence = reading.sentence
    attribute, leaning = _attribute(sentence, quantity), _leaning(sentence, quantity)
    if attribute is not None and leaning is not None and _is_passive_of(sentence, quantity, attribute, leaning):
        attribute = None
    is_lost = leaning is not None and leaning.cue.status == "unfulfilled"
    # "A contribution of $15 million was suspended": what befell the sum counts, not the noun before it.
    bid = _withheld(reading, quantity, bids) or (leaning if is_lost else attribute or leaning)
    if bid is None and _is_listed(reading, quantity, bids):
        return str(reading.paid[-1][1].fields["status"]), None
    per_period = any("per_period" in sentence.tags(k) for k in range(quantity.j, quantity.j + 2))
    bid = bid or next(iter(bids), None)
    if bid is not None and per_period and bid.cost > 1 and bid.cue.status != "needed":
        # "a $600 million-a-year mission is short of money": the rate is a cost, whatever else the sentence says.
        bid = bid if bid.cue.status in ("done", "pledged") else None
    if bid is None:
        is_cost = per_period and speaks_of_force(context, sentence)
        return "needed" if is_cost else _by_topic(reading), None
    return _status_of(sentence, reading, quantity, bid), bid


# "that Algeria announced has never been transferred": so many tokens behind the sum.
_UNKEPT_REACH = 9


def _is_unkept(reading: Reading, quantity: Quantity) -> bool:
    """As in "Algeria's five million dollars have never arrived": somebody's money, told not to have come."""
    sentence = reading.sentence
    for k in range(quantity.j, min(quantity.j + _UNKEPT_REACH, len(sentence.tokens))):
        if sentence.low(k) in (",", ";", ":") or sentence.tags(k) & {"break", "conjunction"}:
            return False
        if sentence.tags(k) & {"failing", "never"}:
            behind = range(k, min(k + _UNKEPT_REACH, len(sentence.tokens)))
            return any("money_moving" in sentence.tags(n) for n in behind)
    return False


def _is_passive_of(sentence: Sentence, quantity: Quantity, noun: Bid, verb: Bid) -> bool:
    """As in "Une aide de 10 millions sera allouée": the verb says what becomes of what the noun names."""
    between = [sentence.tags(k) for k in range(quantity.j, verb.mark.i)]
    return (
        noun.cue.status in ("done", "pledged")
        and "of" in noun.mark.entry.tags
        and any("be" in tags for tags in between)
        and not any("relative" in tags for tags in between)
    )


def _withheld(reading: Reading, quantity: Quantity, bids: list[Bid]) -> Bid | None:
    """As in "froze $13 million that was earmarked": what is held back is not forthcoming, whatever it was meant for."""
    verb = next((bid for bid in bids if bid.cue.name in _HOLDING_BACK and bid.mark.j <= quantity.i), None)
    if verb is None:
        return None
    is_nearest = verb is bids[0] and verb.cost <= _BESIDE
    return verb if is_nearest or _is_dated_between(reading, verb.mark.j, quantity.i) else None


def _is_dated_between(reading: Reading, first: int, last: int) -> bool:
    """As in "congeló en febrero 13 millones": nothing but a day parts the verb from its sum."""
    days = {k for mention in reading.dates for k in range(mention.i, mention.j)}
    small = (k in days or bool(reading.sentence.tags(k) & {"preposition", "determiner"}) for k in range(first, last))
    return bool(days) and all(small)


_HOLDING_BACK = frozenset(["freeze", "shortfall"])
# A verb no further from its sum than an article.
_BESIDE = 0.5


def _status_of(sentence: Sentence, reading: Reading, quantity: Quantity, bid: Bid) -> str:
    """What the cue says, but for what is still to come, is part of pledges, or of a plan or a fund."""
    status = bid.cue.status or "done"
    first = min(bid.mark.i, quantity.i)
    before = frozenset().union(*(sentence.tags(k) for k in range(max(0, first - _NOUN_REACH), first)))
    is_to_come = status == "pledged" or (status == "done" and "to" in sentence.tags(bid.mark.i - 1))
    if is_to_come and _is_asked(sentence, first):
        return "requested"
    if "sum_verb" in sentence.tags(bid.mark.i) and (named := _what_sums_up(sentence, bid.mark.i)):
        return named
    if status == "done" and is_promise(sentence, bid.mark.i):
        return "pledged"
    if status == "done" and is_future(reading, bid.mark.i) and "have" not in sentence.tags(bid.mark.i - 1):
        return "needed" if "spend" in sentence.low(bid.mark.i) else "pledged"
    if status == "needed" and "plan_noun" in before:
        # What a plan needs, it asks for.
        return "requested"
    is_estimate = "estimating" in sentence.tags(bid.mark.i)
    return "done" if status == "needed" and is_estimate and "fund_noun" in before else status


def _is_asked(sentence: Sentence, first: int) -> bool:
    """As in "called on donors to give $5 million": who is asked to give has promised nothing."""
    for k in range(first - 1, max(-1, first - 1 - _NOUN_REACH), -1):
        if "asking" in sentence.tags(k):
            return True
        if sentence.low(k) in (",", ";", ":") or sentence.tags(k) & {"break", "conjunction", "relative"}:
            return False
    return False


def _what_sums_up(sentence: Sentence, verb: int) -> str | None:
    """As in "pledges that amount to", "the shortfall stands at": the noun says what the sum is, its verb does not."""
    for k in range(verb - 1, max(-1, verb - 1 - _NOUN_REACH), -1):
        if "pledge_noun" in sentence.tags(k):
            return "pledged"
        named = next((cue.status for cue in sentence.entry(k).cues if cue.kind == "funding" and cue.status), None)
        if named not in (None, "done"):
            return named
        if sentence.low(k) == ";" or sentence.entry(k).currency:
            return None
    return None


# The subject of a verb stands so many tokens before it: "the humanitarian response plan, which requires".
_NOUN_REACH = 8
# A dearer cue belongs to another clause; a part then shares the status of the sum before it.
_OWN_CUE = 3.5


def _is_listed(reading: Reading, quantity: Quantity, bids: list[Bid]) -> bool:
    """As in "France paid 3 million, Spain 2.8 million", "$8.7 million from Canada, $6 million from the US"."""
    if not reading.paid:
        return False
    sentence = reading.sentence
    # "Canada (63 million)", "Canadá, 80 millones": the verb was said of the first donor.
    before = quantity.i - 2 if sentence.low(quantity.i - 1) in ("(", ",") else quantity.i - 1
    name = sentence.marks[before] if before >= 0 else None
    if name is not None and _is_actor(sentence, before) and "preposition" not in sentence.tags(name.i - 1):
        return True
    between = range(reading.paid[-1][0].j, quantity.i)
    if any("break" in sentence.tags(k) and sentence.low(k) != ":" for k in between):
        return False
    if bids and bids[0].cost <= _OWN_CUE and not any(bids[0].mark.i < k for k in between):
        return False
    if any(_is_money_cue(sentence, k) for k in between):
        return False
    # Without a name of its own the sum is a part or a step of another tale.
    after = range(quantity.j, min(quantity.j + 3, len(sentence.tokens)))
    is_followed = any(_is_actor(sentence, k) for k in after) and not any("relative" in sentence.tags(k) for k in after)
    return is_followed or any(_is_actor(sentence, k) for k in between) or not bids or bids[0].cost > _OWN_CUE


def _is_actor(sentence: Sentence, k: int) -> bool:
    name = sentence.name(k)
    return name is not None and name.actor is not None


def _is_money_cue(sentence: Sentence, k: int) -> bool:
    return any(cue.kind in ("funding", "none") for cue in sentence.entry(k).cues)


def _attribute(sentence: Sentence, quantity: Quantity) -> Bid | None:
    """As in "the required $600 million", "the promised $10 million": the participle before a sum is its own."""
    for k in range(max(0, min(quantity.i, quantity.figure[0]) - 1), quantity.figure[0]):
        mark = sentence.marks[k]
        if mark is None:
            continue
        for cue in mark.entry.cues:
            # "was estimated at $600 million": the words of the qualifier say what the sum is.
            is_estimate = mark.i >= quantity.i and cue.status == "needed"
            is_own = "definite" in sentence.tags(mark.i - 1) or "of" in mark.entry.tags or is_estimate
            # "The appeal for $674 million received less than half."
            is_appeal = cue.status == "requested" and "preposition" in sentence.tags(mark.j - 1)
            if cue.kind == "funding" and "money" in cue.accepts and (is_own or is_appeal):
                return Bid(0.0, mark, cue)
    return None


# "15 millions de dollars promis", "the $300 million that Washington has promised".
_LEANING_REACH = 7


def _leaning(sentence: Sentence, quantity: Quantity) -> Bid | None:
    """The participle, passive or relative clause right behind a sum: "$1.7 million had been spent"."""
    opened, is_passive = False, True
    for k in range(quantity.j, min(quantity.j + _LEANING_REACH, len(sentence.tokens))):
        tags, mark = sentence.tags(k), sentence.marks[k]
        cue = _cue_of_sums(mark)
        if mark is not None and "of" in mark.entry.tags:
            return None
        if mark is not None and cue is not None:
            return Bid(0.0, mark, cue) if opened or is_passive else None
        opened = opened or bool(tags & {"relative"}) or (quantity.is_definite and bool(tags & {"pronoun"}))
        may_pass = tags & {"be", "have", "earlier", "negation", "only"} or sentence.low(k).endswith("ly")
        is_passive = is_passive and bool(may_pass)
        if sentence.low(k) in (",", ";", ":", "(") or tags & {"conjunction"}:
            return None
    return None


def _cue_of_sums(mark: Mark | None) -> Cue | None:
    """The plain verb of a mark; nouns that only stand before their sum lean on none."""
    cues = mark.entry.cues if mark is not None else ()
    return next((c for c in cues if c.kind == "funding" and "money" in c.accepts and c.weak <= 0), None)


def _by_topic(reading: Reading) -> str | None:
    """A sum without a word of paying: what a fund holds, or the tale of the sentence before goes on."""
    marks = reading.sentence.each()
    if any("fund_noun" in mark.entry.tags for mark in marks):
        return "requested" if any("plan_noun" in mark.entry.tags for mark in marks) else "done"
    before = reading.before
    if before is not None and before.paid and any(mark.name is not None and mark.name.actor for mark in marks):
        return str(before.paid[-1][1].fields["status"])
    return None
