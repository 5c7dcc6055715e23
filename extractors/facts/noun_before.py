"""Quantity -> what it counts, where the noun stands before its number ("maafisa 400 wa polisi wa Kenya").

Between noun and number there may be adjectives, a complement or a qualifier; behind the number the phrase goes on with
complements, which say more of the same people.
"""

from __future__ import annotations

from extractors.facts.entry import Unit
from extractors.facts.lexicon import Lexicon
from extractors.facts.noun_phrases import is_nationality, is_of, read_origin
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Mark, Sentence

# "maafisa wengine wapya wa polisi wa Kenya wapatao 400": so many tokens may stand between the noun and its number.
_REACH = 7
_AGREEING = frozenset(["more", "others", "of", "noun_adjective", "only", "from", "determiner", "possessive"])
# What may stand right before a number that counts what was spoken of before ("wawili walijeruhiwa").
_OPEN = frozenset([",", ";", ":", "(", "–", "—", "-", '"', "“", "«", ""])


def read_noun_before(sentence: Sentence, quantity: Quantity, theatre: str) -> bool:
    """Takes the noun before a number and the complements behind it into the quantity; False where no noun is there."""
    head = _find_head(sentence, quantity)
    if head is None:
        return False
    first, unit, at = head
    if unit is not None:
        quantity.unit, quantity.unit_at, quantity.group = unit, at, unit.group
    _read_complements(sentence, quantity)
    if quantity.unit is None and not quantity.actors:
        # "visa 145 vya ...": the noun behind is none that we count.
        return False
    quantity.i = first
    if quantity.unit is None:
        quantity.group = "civil" if any(is_of(mark, theatre) for mark in quantity.actors) else "nationals"
    elif quantity.group in ("force", "civil") and not quantity.actors:
        read_origin(sentence, quantity, theatre)
    return True


Head = tuple[int, Unit | None, tuple[int, int] | None]


def _find_head(sentence: Sentence, quantity: Quantity) -> Head | None:
    """(token where the phrase begins, unit, its tokens): the noun nearest to the number says most."""
    k, stop = quantity.i - 1, max(-1, quantity.i - 1 - _REACH)
    unit, at, first, owners = None, None, quantity.i, []
    while k > stop:
        mark = sentence.marks[k]
        if mark is None:
            break
        if mark.entry.unit is not None:
            first = mark.i
            if unit is None or (unit.name == "personnel" and mark.entry.unit.group == "force"):
                unit, at = mark.entry.unit, (mark.i, mark.j)
        elif "case_noun" in mark.entry.tags and unit is None:
            return mark.i, None, None
        elif is_nationality(mark) or _is_origin(sentence, mark):
            owners.append(mark)
            first = mark.i if is_nationality(mark) else first
        elif not mark.entry.tags & _AGREEING or (unit is not None and "of" not in mark.entry.tags):
            break
        if unit is not None and "of" not in sentence.tags(mark.i - 1):
            break
        k = mark.i - 1
    if unit is None and not any(is_nationality(mark) for mark in owners):
        return None
    quantity.actors = owners[::-1]
    return first, unit, at


def _is_origin(sentence: Sentence, mark: Mark) -> bool:
    """As in "polisi wa Kenya 400": a state behind "of" or "from"."""
    actor = mark.name.actor if mark.name is not None else None
    return actor is not None and actor.type == "state" and bool(sentence.tags(mark.i - 1) & {"of", "from"})


def _read_complements(sentence: Sentence, quantity: Quantity) -> None:
    """As in "maafisa 217 zaidi wa polisi", "watu 12 wa familia moja": a noun behind "of" says who they are."""
    k = quantity.j
    while k < len(sentence.tokens):
        mark = sentence.marks[k]
        if mark is None:
            return
        unit = mark.entry.unit
        if unit is not None and "of" in sentence.tags(mark.i - 1):
            if quantity.unit is None or (quantity.unit.name == "personnel" and unit.group == "force"):
                quantity.unit, quantity.unit_at, quantity.group = unit, (mark.i, mark.j), unit.group
            quantity.j = mark.j
        elif not mark.entry.tags & _AGREEING:
            return
        elif mark.entry.tags & {"more", "others", "only"}:
            quantity.j = mark.j
        k = mark.j


def counts_unknown_noun(sentence: Sentence, quantity: Quantity, lexicon: Lexicon) -> bool:
    """Takes a plural noun of people that no lexicon knows ("waandishi wawili") into the quantity."""
    k = quantity.i - 1
    while sentence.tags(k) & {"more", "others"}:
        k -= 1
    if k < 0 or sentence.marks[k] is not None or (k and sentence.tokens[k].is_capital):
        return False
    if not lexicon.person_prefixes or not sentence.low(k).startswith(lexicon.person_prefixes):
        return False
    quantity.group, quantity.i = "unknown", k
    return True


# No force, contingent or group is counted further one by one.
_HIGHEST_ORDINAL = 30


def is_ordinal(sentence: Sentence, quantity: Quantity) -> bool:
    """As in "kikosi cha nne" (the fourth contingent): "of" and a number in words say which one it is."""
    i = quantity.figure[0]
    return "of" in sentence.tags(i - 1) and sentence.tokens[i].is_word and quantity.value <= _HIGHEST_ORDINAL


def stands_alone_after(sentence: Sentence, quantity: Quantity) -> bool:
    """True when nothing that could be a noun of no known meaning stands before the number."""
    k = quantity.i - 1
    if k < 0 or quantity.is_vague or sentence.low(k) in _OPEN:
        return True
    mark = sentence.marks[k]
    if mark is not None and mark.name is not None:
        # "El Salvador ina askari 78 na Guatemala 150": the verb and the noun are said once.
        before = mark.i - 1
        return "conjunction" in sentence.tags(before) or sentence.low(before) == ","
    return mark is not None
