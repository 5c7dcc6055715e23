"""Sentence -> Quantities: each number with its qualifier, what it counts, and whose people they are.

Years, ages, times, resolution and phase numbers, and counts of other things are left out here, once for all rules.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.facts.lexicon import Lexicon, Unit
from extractors.facts.numbers import Number, read_number
from extractors.facts.reading import Mark, Sentence

# Words between a number and its unit ("400 heavily armed young police officers"); beyond that it is another phrase.
_REACH = 4
_YEARS = range(1900, 2101)


@dataclass(slots=True)
class Quantity:
    """A number and the phrase around it: tokens i to j, the figure itself in `figure`."""

    i: int
    j: int
    figure: tuple[int, int]
    value: float
    value_to: float | None = None
    qualifier: str = "exact"
    unit: Unit | None = None
    unit_at: tuple[int, int] | None = None
    currency: str | None = None
    group: str = "bare"
    actors: list[Mark] = field(default_factory=list)
    is_definite: bool = False
    is_vague: bool = False
    has_more: bool = False
    whole: Quantity | None = None


def read_quantities(sentence: Sentence, lexicon: Lexicon) -> list[Quantity]:
    """The quantities of a sentence in order; those without a unit have the group `bare`."""
    found: list[Quantity] = []
    i = 0
    while i < len(sentence.tokens):
        number = read_number(sentence, i, lexicon) if _may_start(sentence, i) else None
        if number is None:
            i += 1
            continue
        quantity = _read_quantity(sentence, number, lexicon)
        if quantity is not None:
            found.append(quantity)
        i = max(number.j, quantity.j if quantity else i + 1)
    _share_units(sentence, found)
    return found


def _may_start(sentence: Sentence, i: int) -> bool:
    token = sentence.tokens[i]
    return token.text[0].isdigit() or sentence.entry(i).number is not None or "article" in sentence.tags(i)


def _read_quantity(sentence: Sentence, number: Number, lexicon: Lexicon) -> Quantity | None:
    quantity = Quantity(number.i, number.j, (number.i, number.j), number.value, is_vague=number.is_vague)
    _read_range(sentence, quantity, lexicon)
    _read_qualifier(sentence, quantity)
    if _read_money(sentence, quantity):
        return quantity
    if _is_label(sentence, number):
        return None
    _read_unit(sentence, quantity)
    if quantity.group == "bare" and not _stands_alone(sentence, quantity):
        return None
    return quantity


def _read_range(sentence: Sentence, quantity: Quantity, lexicon: Lexicon) -> None:
    j = quantity.j
    opens = "range_from" in sentence.tags(quantity.i - 1)
    link = sentence.low(j) in ("-", "–") or "range_to" in sentence.tags(j) or "range_or" in sentence.tags(j)
    if not link or j + 1 >= len(sentence.tokens) or quantity.is_vague:
        return
    closes = read_number(sentence, j + 1, lexicon)
    if closes is None or closes.is_vague or closes.value <= quantity.value:
        return
    if "number_and" in sentence.tags(j) and not (opens and sentence.low(quantity.i - 1) == "between"):
        if not opens:
            return
    if sentence.tokens[closes.i].text[0].isdigit() and closes.value in _YEARS and quantity.value < 32:
        return
    if not opens and "range_to" in sentence.tags(j) and not _is_range_end(sentence, closes.j):
        return
    low = quantity.value
    # "5 to 6 million" means five million.
    if low < 1000 <= closes.value and closes.j - closes.i > 1 and closes.value / 1000 >= 1:
        scale = sentence.entry(closes.j - 1).number
        if scale and scale[0] == "scale" and low * scale[1] < closes.value:
            low *= scale[1]
    quantity.value, quantity.value_to, quantity.qualifier = low, closes.value, "between"
    quantity.j, quantity.figure = closes.j, (quantity.figure[0], closes.j)


def _is_range_end(sentence: Sentence, j: int) -> bool:
    entry = sentence.entry(j)
    return entry.unit is not None or entry.currency is not None


def _read_qualifier(sentence: Sentence, quantity: Quantity) -> None:
    i = quantity.i
    for _ in range(3):
        mark = sentence.marks[i - 1] if i > 0 else None
        if mark is None:
            break
        if mark.entry.qualifier is not None:
            if quantity.qualifier == "exact":
                quantity.qualifier = mark.entry.qualifier
            i = mark.i
        elif "definite" in mark.entry.tags:
            quantity.is_definite = True
            i = mark.i
        elif "determiner" in mark.entry.tags or "more" in mark.entry.tags or "article" in mark.entry.tags:
            i = mark.i
        else:
            break
    after = sentence.marks[quantity.j] if quantity.j < len(sentence.marks) else None
    if quantity.is_vague:
        quantity.qualifier = "vague"
    elif quantity.qualifier == "exact" and after is not None and after.entry.qualifier in ("at_least", "about"):
        if "number_after" in after.entry.tags:
            quantity.qualifier = after.entry.qualifier
            quantity.j = after.j
    quantity.i = i


def _read_money(sentence: Sentence, quantity: Quantity) -> bool:
    before, after = sentence.entry(quantity.figure[0] - 1), sentence.entry(quantity.j)
    if before.currency is None and quantity.i < quantity.figure[0]:
        before = sentence.entry(quantity.i - 1)
    sign = sentence.low(quantity.figure[0] - 1)
    if before.currency is not None and (not sign.isalpha() or sign in ("usd", "eur", "cad", "ksh", "kes", "htg", "sh")):
        quantity.unit_at = (quantity.figure[0] - 1, quantity.figure[0])
        if sign == "$" and quantity.figure[0] >= 2:
            _read_dollar_prefix(sentence, quantity)
        quantity.currency = quantity.currency or before.currency
    j = quantity.j
    while "of" in sentence.tags(j) and sentence.entry(j + 1).currency is not None:
        j += 1
    after = sentence.entry(j)
    if quantity.currency is None and after.currency is not None:
        mark = sentence.marks[j]
        assert mark is not None
        quantity.currency, quantity.unit_at = after.currency, (mark.i, mark.j)
        quantity.j = mark.j
    if quantity.currency is None:
        return False
    quantity.group = "money"
    first = min(quantity.i, quantity.unit_at[0]) if quantity.unit_at else quantity.i
    quantity.i = first
    _read_qualifier(sentence, quantity) if quantity.qualifier == "exact" else None
    return True


def _read_dollar_prefix(sentence: Sentence, quantity: Quantity) -> None:
    """US$, C$ and CA$ are two tokens: a word that touches the sign."""
    sign, word = sentence.tokens[quantity.figure[0] - 1], sentence.tokens[quantity.figure[0] - 2]
    currency = {"us": "USD", "u.s.": "USD", "c": "CAD", "ca": "CAD", "can": "CAD"}.get(word.low)
    if word.end == sign.start and currency:
        quantity.currency = currency
        quantity.unit_at = (quantity.figure[0] - 2, quantity.figure[0])


def _is_label(sentence: Sentence, number: Number) -> bool:
    """True for the numbers of resolutions, years, ages, times and scores."""
    i, j = number.i, number.j
    token = sentence.tokens[i]
    before, after = sentence.low(i - 1), sentence.low(j)
    if "legal_number" in sentence.tags(i - 1) or sentence.entry(i - 1).month or sentence.entry(j).month:
        return True
    if "not_quantity" in sentence.tags(j) or (after in (":", "/") and _touches(sentence, j)):
        return True
    if (_touches(sentence, i) and before in ("-", "–", "/", ":", "#", "+", "°", "’", "'")) or before in (":", "/"):
        return True
    if _touches(sentence, j) and j < len(sentence.tokens) and (after.isalpha() or after in ("-", "–")) and j == i + 1:
        return token.text[0].isdigit() and sentence.entry(j).unit is None and sentence.entry(j + 1).unit is None
    if j == i + 1 and token.text.isdigit() and number.value in _YEARS:
        return sentence.entry(j).unit is None and not _unit_ahead(sentence, j)
    return False


def _touches(sentence: Sentence, i: int) -> bool:
    return 0 < i < len(sentence.tokens) and sentence.tokens[i - 1].end == sentence.tokens[i].start


def _unit_ahead(sentence: Sentence, j: int) -> bool:
    return any(sentence.entry(k).unit is not None for k in range(j, j + 2)) and "year_after" not in sentence.tags(j - 2)


def _read_unit(sentence: Sentence, quantity: Quantity) -> None:
    """Scans the noun phrase to the right: nationalities and units, past a few plain adjectives."""
    k, plain = quantity.j, 0
    while k < len(sentence.tokens) and plain <= _REACH:
        mark = sentence.marks[k]
        entry = sentence.entry(k)
        if entry.unit is not None and mark is not None:
            _add_unit(quantity, entry.unit, mark)
            k = mark.j
            if "unit_noun_follows" not in entry.tags and sentence.entry(k).unit is None:
                break
        elif mark is not None and mark.name is not None and sentence.low(mark.j) == "-":
            k = mark.j + 2
        elif mark is not None and mark.name is not None and _is_owner(sentence, mark):
            quantity.actors.append(mark)
            quantity.j = k = mark.j
        elif "more" in entry.tags:
            quantity.has_more = True
            k += 1
        elif (closed := _skip_bracket(sentence, k)) > k:
            k = closed
        elif _is_adjective(sentence, k):
            plain += 0 if sentence.tokens[k].is_capital else 1
            k += 1
        else:
            break
    if quantity.unit is None and quantity.actors:
        quantity.group = "nationals"


def _skip_bracket(sentence: Sentence, k: int) -> int:
    """Past an acronym in brackets ("Mine Resistant (MRAP) vehicles")."""
    return k + 3 if sentence.low(k) == "(" and sentence.low(k + 2) == ")" else k


def _add_unit(quantity: Quantity, unit: Unit, mark: Mark) -> None:
    if quantity.unit is not None and quantity.unit.group == "force" and unit.group != "force":
        return
    quantity.unit, quantity.unit_at = unit, (mark.i, mark.j)
    quantity.group = unit.group
    quantity.j = mark.j


def _is_nationality(mark: Mark) -> bool:
    assert mark.name is not None
    return mark.name.actor is not None and mark.name.form == "adjective"


def _is_owner(sentence: Sentence, mark: Mark) -> bool:
    """A nationality, or a force or agency right before its things ("two MSS armoured vehicles")."""
    assert mark.name is not None
    if _is_nationality(mark):
        return True
    actor = mark.name.actor
    return actor is not None and actor.type in ("force", "police") and sentence.entry(mark.j).unit is not None


def _is_adjective(sentence: Sentence, k: int) -> bool:
    mark = sentence.marks[k]
    if mark is not None and (mark.entry.cues and not mark.entry.tags & {"adjectival"}):
        return False
    tags = sentence.tags(k)
    if tags & _CLOSED or (sentence.name(k) is not None and not _is_nationality(mark)) if mark else False:
        return False
    token = sentence.tokens[k]
    return token.is_word or token.text == "-"


_CLOSED = frozenset(
    [
        "preposition",
        "conjunction",
        "be",
        "have",
        "modal",
        "pronoun",
        "relative",
        "determiner",
        "break",
        "said",
        "not_quantity",
        "future",
        "negation",
        "including",
        "of",
        "earlier",
        "only",
        "do",
        "head_verb",
    ]
)


def _stands_alone(sentence: Sentence, quantity: Quantity) -> bool:
    """True when what follows a bare number is a sign, a small word or a verb, so that its noun is left out."""
    j = quantity.j
    if j >= len(sentence.tokens):
        return True
    if quantity.is_vague:
        return False
    tags, entry = sentence.tags(j), sentence.entry(j)
    if not sentence.tokens[j].is_word:
        return sentence.tokens[j].text in ".,;:!?)»”\"'—–’" or sentence.tokens[j].text == "''"
    return bool(tags & _CLOSED or entry.cues or "killed_person" in tags or entry.relative or entry.weekday >= 0)


def _share_units(sentence: Sentence, found: list[Quantity]) -> None:
    """ "24 of the 250 police": the part counts what its whole counts."""
    for first, second in zip(found, found[1:], strict=False):
        between = range(first.j, second.i)
        if (len(between) <= 2 and any("of" in sentence.tags(k) for k in between)) or _of_inside(
            sentence, first, second
        ):
            first.whole = second
            if first.unit is None and first.group != "nationals":
                first.unit, first.group = second.unit, second.group
                first.actors = first.actors or second.actors


def _of_inside(sentence: Sentence, first: Quantity, second: Quantity) -> bool:
    return second.figure[0] - first.figure[1] <= 3 and any(
        "of" in sentence.tags(k) for k in range(first.figure[1], second.figure[0])
    )
