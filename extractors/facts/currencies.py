"""Bare millions -> money: "the fund has received 63 million" leaves out the currency that was named before."""

from __future__ import annotations

from extractors.facts.context import Reading
from extractors.facts.quantity import Quantity

# Smaller bare numbers are people more often than money.
SMALLEST_BARE_SUM = 1_000_000.0
# A currency holds for so many sentences.
_REACH = 3
# The currency of funds, where a text names none.
_COMMON = "USD"
_MONEY_TAGS = frozenset(["fund_noun", "receiving", "pledge_noun", "money_noun", "plan_noun"])


# Whose money a currency is, where one state alone issues it (ISO 4217).
ISSUERS = {
    "BSD": "BHS", "CAD": "CAN", "CHF": "CHE", "GBP": "GBR", "GTQ": "GTM", "HTG": "HTI", "JMD": "JAM", "JPY": "JPN",
    "KES": "KEN", "NOK": "NOR", "SEK": "SWE",
}  # fmt: skip


def borrow_currency(reading: Reading) -> None:
    """Makes money of every bare million that stands with words of money and names nothing it counts."""
    bare = [q for q in reading.quantities if q.group in ("bare", "nationals") and q.value >= SMALLEST_BARE_SUM]
    for quantity in bare:
        named = [q for q in reading.quantities if q.currency is not None and q.j <= quantity.i]
        if named and _same_list(reading, named[-1], quantity):
            quantity.group, quantity.currency = "money", named[-1].currency
        elif _is_money(reading, quantity):
            has_fund = any("fund_noun" in mark.entry.tags for mark in reading.sentence.each())
            told = named[-1].currency if named else _named_before(reading)
            quantity.group, quantity.currency = "money", (None if has_fund else told) or _COMMON


def _named_before(reading: Reading) -> str | None:
    """The common currency where the sentences before name it, else the one they name last."""
    before, last = reading.before, None
    for _ in range(_REACH):
        if before is None:
            break
        for quantity in reversed(before.quantities):
            if quantity.currency == _COMMON:
                return _COMMON
            last = last or quantity.currency
        before = before.before
    return last


_PEOPLE = frozenset(["civil", "force", "household", "gang", "event", "person"])


def counts_people(reading: Reading, first: int, last: int) -> bool:
    """Whether a noun for people stands among these tokens."""
    sentence = reading.sentence
    return any(
        (unit := sentence.entry(k).unit) is not None
        and unit.group in _PEOPLE
        and "mission_word" not in sentence.tags(k)
        for k in range(first, last)
    )


def _counted_people_last(reading: Reading) -> bool:
    """As in "More than a million are displaced. The figure stands at 1,041,000": it goes on with what was counted."""
    if reading.before is None:
        return False
    counted = [quantity.group for quantity in reading.before.quantities if quantity.group in (*_PEOPLE, "money")]
    return bool(counted) and counted[-1] != "money"


def _same_list(reading: Reading, named: Quantity, quantity: Quantity) -> bool:
    """As in "18 million dollars, 6 million of them": no people stand between the sums or behind the second."""
    if any(reading.sentence.low(k) == ";" for k in range(named.j, quantity.i)):
        return False
    return not counts_people(reading, named.j, quantity.j + 3)


def _is_money(reading: Reading, quantity: Quantity) -> bool:
    """A fund or a word of money stands in the sentence, or a verb of paying right before the number."""
    sentence = reading.sentence
    if counts_people(reading, quantity.i, quantity.j + 4):
        return False
    tags = frozenset().union(*(mark.entry.tags for mark in sentence.each()))
    if any(q.group in _PEOPLE for q in reading.quantities):
        # People are counted here: only a fund makes a bare million money.
        return "fund_noun" in tags
    if "recount" in tags and _counted_people_last(reading):
        return False
    if tags & _MONEY_TAGS:
        return True
    governs = any(cue.kind == "funding" for k in range(quantity.i - 3, quantity.i) for cue in sentence.entry(k).cues)
    return (governs or "per_period" in sentence.tags(quantity.j)) and _named_before(reading) is not None
