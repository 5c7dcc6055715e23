"""Sentence -> the fund that money goes into, and the names that only say whose fund it is."""

from __future__ import annotations

from extractors.facts.context import Reading
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Mark, Sentence


def find_fund(sentence: Sentence) -> Mark | None:
    """The first fund, appeal or account that a sentence names."""
    return next((m for m in sentence.each() if "fund_noun" in m.entry.tags), None)


def is_paid_into(reading: Reading, fund: Mark) -> bool:
    """As in "to the trust fund", "au fonds", "meant for the fund": it gets the money, and is not who gives it.

    "110 million in the fund" is its own, "put 63 million in the fund" was somebody's before.
    """
    sentence = reading.sentence
    before = sentence.tags(_before_fund(sentence, fund))
    is_given = any(sum_.j <= fund.i and draft.get("actor") not in (None, "UN") for sum_, draft in reading.paid)
    return bool(before & {"to", "towards"}) or (is_given and "place_preposition" in before and not before & _FROM)


_FROM = frozenset(["of", "from"])


def _before_fund(sentence: Sentence, fund: Mark) -> int:
    """The token in front of all that belongs to the fund's name: "to" in "to the mission's U.N. trust fund"."""
    if "determiner" in fund.entry.tags:
        # "le fonds": the article is part of the phrase.
        return fund.i - 1
    k = fund.i - 1
    while _modifies(sentence, k):
        k -= 1
    return k - 1 if "determiner" in sentence.tags(k) and not sentence.tags(k) & {"to"} else k


def _modifies(sentence: Sentence, k: int) -> bool:
    tags = sentence.tags(k)
    return bool(tags & _MODIFIERS) or sentence.name(k) is not None or sentence.low(k) == "'s"


_MODIFIERS = frozenset(["role_modifier", "organisation", "mission_word"])


# "the fund of the UN": so many tokens between the fund and the name that it bears.
_OWNER_REACH = 3


def names_fund(sentence: Sentence, mark: Mark) -> bool:
    """As in "the UN trust fund", "el fondo de la ONU": whose fund it is; not "from the fund of Canada"."""
    for fund in sentence.each():
        if "fund_noun" not in fund.entry.tags:
            continue
        between = range(fund.j, mark.i)
        if mark.j <= fund.i and all(_modifies(sentence, k) for k in range(mark.j, fund.i)):
            return True
        if 0 < len(between) <= _OWNER_REACH and all(sentence.tags(k) & _OF for k in between):
            return "of" in sentence.tags(fund.j)
    return False


_OF = frozenset(["of", "determiner", "definite"])


def lifts_fund(reading: Reading, quantity: Quantity, fund: Mark | None) -> bool:
    """As in "paid 4 million into the fund, lifting it to 67 million": what the fund now holds."""
    if fund is None or fund.j > quantity.i or not is_paid_into(reading, fund):
        return False
    sentence = reading.sentence
    k = quantity.i - 1
    return "to" in sentence.tags(k) and bool(sentence.tags(k - 1) & {"pronoun_group", "pronoun", "total"})
