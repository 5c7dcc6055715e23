"""Quantity -> money: currency signs before a number, currency words after it."""

from __future__ import annotations

from extractors.facts.quantity import Quantity
from extractors.facts.reading import Sentence

# US$ and C$ are two tokens, a word that touches the sign.
_PREFIXES = {
    "us": "USD",
    "u.s.": "USD",
    "c": "CAD",
    "ca": "CAD",
    "can": "CAD",
    "a": "AUD",
    "hk": "HKD",
    "nz": "NZD",
    "j": "JMD",
    "rd": "DOP",
    "tt": "TTD",
    "bz": "BZD",
    "b": "BSD",
    "bds": "BBD",
    "s": "SGD",
    "mx": "MXN",
}


def read_money(sentence: Sentence, quantity: Quantity) -> bool:
    """Fills currency and unit_at; False when no currency stands beside the number."""
    _read_sign(sentence, quantity)
    if quantity.currency is None:
        _read_word(sentence, quantity)
    if quantity.currency is None:
        return False
    quantity.group = "money"
    if quantity.unit_at is not None:
        quantity.i = min(quantity.i, quantity.unit_at[0])
    return True


def _read_sign(sentence: Sentence, quantity: Quantity) -> None:
    k = quantity.figure[0] - 1
    mark = sentence.marks[k] if k >= 0 else None
    if mark is None or mark.entry.currency is None or "currency_after" in mark.entry.tags:
        return
    quantity.currency, quantity.unit_at = mark.entry.currency, (mark.i, mark.j)
    if sentence.low(k) == "$" and k >= 1 and _is_prefix(sentence, k):
        prefix = _PREFIXES.get(sentence.low(k - 1))
        if prefix is not None:
            quantity.currency, quantity.unit_at = prefix, (k - 1, k + 1)


def _is_prefix(sentence: Sentence, k: int) -> bool:
    """As in "C$", "US$"; also "US $15 million", but not "the US $15 million"."""
    if sentence.tokens[k - 1].end == sentence.tokens[k].start:
        return True
    return sentence.low(k - 1) == "us" and sentence.tokens[k - 1].text.isupper() and not _is_giver(sentence, k - 1)


def _is_giver(sentence: Sentence, k: int) -> bool:
    return bool(sentence.tags(k - 1) & {"determiner", "preposition"})


def _read_word(sentence: Sentence, quantity: Quantity) -> None:
    j = quantity.j
    while "of" in sentence.tags(j):
        j += 1
    mark = sentence.marks[j] if j < len(sentence.marks) else None
    if mark is not None and mark.entry.currency is not None:
        quantity.currency, quantity.unit_at, quantity.j = mark.entry.currency, (mark.i, mark.j), mark.j
