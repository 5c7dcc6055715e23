"""Sentence -> Quantities: each number with its qualifier, what it counts, and whose people they are.

Years, ages, times, resolution and phase numbers, and counts of other things are left out here, once for all rules.
"""

from __future__ import annotations

from extractors.facts.bounding import read_bound
from extractors.facts.labels import LONGEST_MONTH, YEARS, is_label
from extractors.facts.lexicon import Lexicon
from extractors.facts.money import read_money
from extractors.facts.noun_before import counts_unknown_noun, is_ordinal, read_noun_before, stands_alone_after
from extractors.facts.noun_phrases import read_machines_behind, read_noun_phrase, share_units, stands_alone
from extractors.facts.numbers import Number, read_number
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Sentence
from extractors.facts.repeated import add_repeated
from extractors.facts.shares import is_of_so_many, read_share
from extractors.facts.sums import find_sums
from extractors.facts.unknown_nouns import is_age, read_unknown_noun

_SMALLEST_SUM = 1_000_000


def read_quantities(sentence: Sentence, lexicon: Lexicon, theatre: str) -> list[Quantity]:
    """The quantities of a sentence in order; those without a unit have the group `bare`.

    Args:
        theatre: the state whose own people are civilians here, not somebody's contingent.
    """
    found: list[Quantity] = []
    stop = 0
    for i in _openings(sentence):
        if i < stop:
            continue
        quantity = read_share(sentence, i, lexicon)
        if quantity is None and "article" in sentence.tags(i):
            quantity = _read_article(sentence, i)
        number = read_number(sentence, i, lexicon) if quantity is None else None
        if number is not None:
            quantity = _read_quantity(sentence, number, lexicon, theatre)
        if quantity is not None:
            found.append(quantity)
        stop = max(number.j if number else i + 1, quantity.j if quantity else i + 1)
    add_repeated(sentence, found, theatre)
    share_units(sentence, found)
    find_sums(found)
    return found


def _openings(sentence: Sentence) -> list[int]:
    """The tokens at which a number can begin: digits, number words, articles."""
    worded = [
        mark.i
        for mark in sentence.each()
        if mark.entry.number is not None or mark.entry.share is not None or "article" in mark.entry.tags
    ]
    digits = [
        k
        for k, (token, mark) in enumerate(zip(sentence.tokens, sentence.marks, strict=True))
        if token.text[0].isdigit() and (mark is None or mark.i == k)
    ]
    return sorted({*worded, *digits}) if worded and digits else worded or digits


def _read_article(sentence: Sentence, i: int) -> Quantity | None:
    """As in "a Kenyan officer": one person, where a harm asks for it."""
    quantity = Quantity(i, i + 1, (i, i + 1), 1.0, is_article=True)
    if sentence.entry(i + 1).number is not None:
        return None
    read_noun_phrase(sentence, quantity, "")
    unit = quantity.unit
    if unit is None and quantity.actors and not sentence.low(quantity.j).isalpha():
        # "Two Chadian soldiers and a Salvadoran": a nationality that no noun follows is a person of it.
        return quantity
    if unit is None or quantity.unit_at is None or unit.group not in ("force", "civil", "gang", "equipment"):
        return None
    return quantity if "singular" in sentence.tags(quantity.unit_at[0]) else None


def _read_quantity(sentence: Sentence, number: Number, lexicon: Lexicon, theatre: str) -> Quantity | None:
    quantity = Quantity(number.i, number.j, (number.i, number.j), number.value, is_vague=number.is_vague)
    _read_range(sentence, quantity, lexicon)
    read_qualifier(sentence, quantity)
    if read_money(sentence, quantity):
        read_qualifier(sentence, quantity)
        return quantity
    if lexicon.is_noun_first:
        return _read_noun_first(sentence, quantity, number, lexicon, theatre)
    if is_label(sentence, number):
        return None
    read_noun_phrase(sentence, quantity, theatre)
    if _is_no_count(sentence, quantity, lexicon):
        return None
    if quantity.group == "bare":
        read_machines_behind(sentence, quantity)
    if quantity.group == "bare" and not stands_alone(sentence, quantity) and not read_unknown_noun(sentence, quantity):
        # "9 millones Francia": of a list of sums only the payer is said.
        is_sum = quantity.value >= _SMALLEST_SUM and sentence.name(quantity.j) is not None
        return quantity if is_sum else None
    _read_qualifier_behind(sentence, quantity)
    return quantity


def _is_no_count(sentence: Sentence, quantity: Quantity, lexicon: Lexicon) -> bool:
    """A share, an age, or by how much ("1,000 more than in 2023")."""
    is_difference = "comparison" in sentence.tags(quantity.j)
    return is_difference or is_of_so_many(sentence, quantity, lexicon) or is_age(sentence, quantity)


def _read_noun_first(
    sentence: Sentence, quantity: Quantity, number: Number, lexicon: Lexicon, theatre: str
) -> Quantity | None:
    """As in Swahili "zaidi ya watu 400": the noun stands before its number, what qualifies it before the noun."""
    if read_noun_before(sentence, quantity, theatre):
        read_qualifier(sentence, quantity)
        return quantity
    if "not_quantity" in sentence.tags(quantity.i - 1) or is_ordinal(sentence, quantity) or is_label(sentence, number):
        return None
    if counts_unknown_noun(sentence, quantity, lexicon):
        return quantity
    if not stands_alone_after(sentence, quantity):
        return None
    read_noun_phrase(sentence, quantity, theatre)
    if _is_no_count(sentence, quantity, lexicon):
        return None
    return quantity if quantity.group != "bare" or stands_alone(sentence, quantity) else None


def _read_range(sentence: Sentence, quantity: Quantity, lexicon: Lexicon) -> None:
    """As in "between 5 and 6 million", "400 to 500 officers", "20-30 people"."""
    j = quantity.j
    tags = sentence.tags(j)
    if quantity.is_vague or not (tags & {"range_to", "range_or"} or sentence.low(j) in ("-", "–")):
        return
    at = _past_sign(sentence, j + 1)
    if _is_rise(sentence, quantity.i) and "range_to" in tags:
        at = _past_qualifier(sentence, at)
    closes = read_number(sentence, at, lexicon) if at < len(sentence.tokens) else None
    falls = closes is not None and closes.value <= quantity.value
    if closes is None or closes.is_vague or (falls and not _is_rise(sentence, quantity.i)):
        return
    opens = any("range_from" in sentence.tags(k) for k in _before_sum(sentence, quantity.i))
    if not opens and ("number_and" in tags or ("range_to" in tags and not _has_unit(sentence, closes.j))):
        return
    if opens and "range_to" in tags and _is_rise(sentence, quantity.i):
        quantity.value, quantity.i, quantity.j, quantity.figure = closes.value, at, closes.j, (at, closes.j)
        return
    if closes.value in YEARS and (quantity.value in YEARS or quantity.value <= LONGEST_MONTH):
        return
    quantity.value = _scale_up(sentence, quantity.value, closes)
    quantity.value_to, quantity.qualifier = closes.value, "between"
    quantity.j, quantity.figure = closes.j, (quantity.figure[0], closes.j)


# "est passé vendredi de 40 à 50 morts": so many tokens from the verb to the first number.
_RISE_REACH = 4


def _is_rise(sentence: Sentence, i: int) -> bool:
    """As in "rose from 40 to 50", "fell from 735 to 580": the first was told before, and the second is the count."""
    return "from" in sentence.tags(i - 1) and any("rising" in sentence.tags(k) for k in range(i - _RISE_REACH, i - 1))


def _past_qualifier(sentence: Sentence, k: int) -> int:
    """As in "rose from 400 to about 550": the number behind the qualifier, which reads it backwards."""
    mark = sentence.marks[k] if k < len(sentence.marks) else None
    return mark.j if mark is not None and mark.entry.qualifier is not None else k


def _before_sum(sentence: Sentence, i: int) -> tuple[int, ...]:
    """The token before a number, and the one before its currency sign."""
    return (i - 1, i - 2) if sentence.entry(i - 1).currency is not None else (i - 1,)


def _past_sign(sentence: Sentence, k: int) -> int:
    """Past the currency of the second sum: "between $150 million and $200 million"."""
    while sentence.entry(k).currency is not None and not sentence.tokens[k].is_word:
        k += 1
    return k


def _scale_up(sentence: Sentence, low: float, closes: Number) -> float:
    """As in "5 to 6 million" means five million."""
    scale = sentence.entry(closes.j - 1).number
    if closes.j - closes.i > 1 and scale is not None and scale[0] == "scale" and low * scale[1] < closes.value:
        return low * scale[1]
    return low


def _has_unit(sentence: Sentence, j: int) -> bool:
    entry = sentence.entry(j)
    return entry.unit is not None or entry.currency is not None


# Qualifier, article and "more" in front of a number: "up to some 400 more".
_MOST_QUALIFIERS = 4


def read_qualifier(sentence: Sentence, quantity: Quantity) -> None:
    """Takes the qualifying words before (and after) a number into the quantity."""
    for _ in range(_MOST_QUALIFIERS):
        mark = sentence.marks[quantity.i - 1] if quantity.i > 0 else None
        if mark is None or "bounding" in mark.entry.tags:
            break
        tags = mark.entry.tags
        if mark.entry.qualifier is not None:
            quantity.qualifier = mark.entry.qualifier if quantity.qualifier == "exact" else quantity.qualifier
        elif "definite" in tags:
            quantity.is_definite = True
        elif mark.entry.cues or "complement" in tags or not tags & {"determiner", "more", "article", "vague_link"}:
            # "lejos de los", "loin des" hold the article.
            quantity.is_definite = quantity.is_definite or "contrast" in tags
            break
        quantity.i = mark.i
    k = quantity.i - 1
    while "pre_number" in sentence.tags(k):
        k -= 1
    quantity.is_definite = quantity.is_definite or (k < quantity.i - 1 and "definite" in sentence.tags(k))
    _settle_qualifier(sentence, quantity)


def _settle_qualifier(sentence: Sentence, quantity: Quantity) -> None:
    """What the number itself, a verb before it or words further away make of a qualifier."""
    if quantity.is_vague:
        quantity.qualifier = "vague"
    elif (bound := read_bound(sentence, quantity)) is not None:
        quantity.qualifier = bound
    elif quantity.qualifier == "exact":
        _read_later_qualifier(sentence, quantity)
        if quantity.qualifier == "exact" and "round_number" in sentence.tags(quantity.figure[1] - 1):
            quantity.qualifier = "about"


def _read_later_qualifier(sentence: Sentence, quantity: Quantity) -> None:
    """As in "400 or so", "400-odd", and "is estimated at 400"."""
    at = quantity.j + (sentence.low(quantity.j) == "-")
    after = sentence.marks[at] if at < len(sentence.marks) else None
    if after is not None and "number_after" in after.entry.tags and after.entry.qualifier is not None:
        quantity.qualifier, quantity.j = after.entry.qualifier, after.j
        return
    for k in range(max(0, quantity.i - 5), quantity.i):
        if "estimating" in sentence.tags(k):
            quantity.qualifier = "about"


def _read_qualifier_behind(sentence: Sentence, quantity: Quantity) -> None:
    """As in "70 personnes au moins": behind the noun, unless it opens the next number ("200 dead, about 50 hurt")."""
    mark = sentence.marks[quantity.j] if quantity.j < len(sentence.marks) else None
    if mark is None or quantity.qualifier != "exact" or "number_after" not in mark.entry.tags:
        return
    opens_next = sentence.entry(mark.j).number is not None or sentence.low(mark.j)[:1].isdigit()
    if mark.entry.qualifier is not None and not opens_next:
        quantity.qualifier, quantity.j = mark.entry.qualifier, mark.j
