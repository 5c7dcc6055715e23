"""Quantity -> what it counts: the nouns and nationalities around a number, parts and their wholes."""

from __future__ import annotations

from itertools import pairwise

from extractors.facts.entry import Unit
from extractors.facts.quantity import Quantity
from extractors.facts.reading import Mark, Sentence

# Plain words between a number and its noun ("400 heavily armed young police officers"); beyond, it is another phrase.
_REACH = 4
_CLOSED = frozenset(
    ["preposition", "conjunction", "be", "have", "modal", "pronoun", "relative", "determiner", "break", "said",
     "not_quantity", "future", "negation", "including", "of", "earlier", "only", "do", "head_verb", "contributors",
     "recount", "adverb"]
)  # fmt: skip


def read_noun_phrase(sentence: Sentence, quantity: Quantity, theatre: str) -> None:
    """Scans to the right for nationalities and units, past a few plain adjectives, then for an origin."""
    _scan(sentence, quantity)
    if quantity.unit is None and quantity.actors:
        quantity.group = "civil" if any(is_of(mark, theatre) for mark in quantity.actors) else "nationals"
    if quantity.group in ("force", "civil", "bare", "nationals") and not quantity.actors:
        read_origin(sentence, quantity, theatre)
        if quantity.group == "bare" and quantity.has_origin:
            quantity.group = "nationals"


def _scan(sentence: Sentence, quantity: Quantity) -> None:
    k, plain = _skip_partitive(sentence, quantity.j), 0
    while k < len(sentence.tokens) and plain <= _REACH:
        mark = sentence.marks[k]
        if mark is not None and mark.entry.unit is not None:
            _add_unit(quantity, mark.entry.unit, mark)
            k = mark.j
            if not _goes_on(sentence, k):
                return
        elif mark is not None and mark.name is not None:
            past = _pass_name(sentence, quantity, mark)
            if past is None:
                return
            k = past
        elif (past := _skip_bracket(sentence, k)) > k:
            k = past
        elif _joins_nationality(sentence, quantity, k):
            k += 1
        elif _is_adjective(sentence, k):
            plain += 0 if sentence.tokens[k].is_capital else 1
            k += 1
        else:
            return


def _joins_nationality(sentence: Sentence, quantity: Quantity, k: int) -> bool:
    """As in "83 Guatemalan and Salvadoran soldiers", "24 policiers jamaïcains et béliziens"."""
    mark = sentence.marks[k + 1] if k + 1 < len(sentence.marks) else None
    last = sentence.marks[k - 1]
    is_listed = last is not None and bool(quantity.actors) and quantity.actors[-1] is last
    return is_listed and "conjunction" in sentence.tags(k) and mark is not None and is_nationality(mark)


def _pass_name(sentence: Sentence, quantity: Quantity, mark: Mark) -> int | None:
    """The token after a name inside the phrase; None where the name ends it."""
    if mark.is_compound:
        return mark.j
    if sentence.low(mark.j) == "-" and sentence.tokens[mark.j].start == sentence.tokens[mark.j - 1].end:
        return mark.j + 2
    if not _is_owner(sentence, mark) and not _is_in_name(sentence, mark):
        return None
    quantity.actors.append(mark)
    if quantity.unit is None:
        quantity.j = mark.j
    return mark.j


def _goes_on(sentence: Sentence, k: int) -> bool:
    """After a noun, another noun or (where adjectives follow) a nationality still belongs to the phrase."""
    mark = sentence.marks[k] if k < len(sentence.marks) else None
    if mark is None:
        return "noun_adjective" in sentence.tags(k)
    return mark.entry.unit is not None or is_nationality(mark) or "noun_adjective" in mark.entry.tags


def _skip_partitive(sentence: Sentence, j: int) -> int:
    """As in "700 of its police", but not "24 of the 250": there the second number is the whole."""
    k = j
    while "of" in sentence.tags(k) or (k > j and sentence.tags(k) & {"determiner", "possessive", "definite"}):
        k += 1
    mark = sentence.marks[k] if k < len(sentence.marks) else None
    if mark is None:
        return j
    is_people = mark.name is not None and (is_nationality(mark) or sentence.entry(k + 1).unit is not None)
    return k if mark.entry.unit is not None or is_people else j


def read_origin(sentence: Sentence, quantity: Quantity, theatre: str) -> None:
    """As in "two soldiers from Belize", "200 police from Kenya and Jamaica"."""
    k = quantity.j
    while "of_them" in sentence.tags(k):
        # "400 of them, Jamaica 24" names no origin, "400 of them from Kenya" does.
        k += 1
    while "mostly" in sentence.tags(k) or (sentence.low(k) == "," and "mostly" in sentence.tags(k + 1)):
        k += 1
    if not sentence.tags(k) & {"from", "by"}:
        return
    if _opens_counts(sentence, k):
        return
    while k < len(sentence.tokens) and "roster_present" not in sentence.tags(k):
        mark = sentence.marks[k]
        actor = mark.name.actor if mark is not None and mark.name is not None else None
        if mark is not None and actor is not None and actor.type == "state" and actor.id != theatre:
            quantity.actors.append(mark)
            quantity.has_origin, quantity.j = True, mark.j
            k = mark.j
        elif sentence.tags(k) & {"from", "by", "determiner"} or _joins_state(sentence, k, theatre):
            k += 1
        else:
            break


def _opens_counts(sentence: Sentence, k: int) -> bool:
    """As in "1,000 personnel from Kenya (744), Guatemala (150)": the total is of all, each name has its own number."""
    mark = sentence.marks[k + 1] if k + 1 < len(sentence.marks) else None
    return mark is not None and sentence.low(mark.j) == "(" and sentence.low(mark.j + 1)[:1].isdigit()


def _joins_state(sentence: Sentence, k: int, theatre: str) -> bool:
    """As in "from Guatemala and El Salvador", "from Kenya, Jamaica": the list of origins goes on."""
    if not ("conjunction" in sentence.tags(k) or sentence.low(k) == ","):
        return False
    n = k + 1
    while sentence.tags(n) & {"from", "determiner"} or (sentence.low(k) == "," and "conjunction" in sentence.tags(n)):
        n += 1
    mark = sentence.marks[n] if n < len(sentence.marks) else None
    actor = mark.name.actor if mark is not None and mark.name is not None else None
    if mark is None or actor is None or actor.type != "state" or actor.id == theatre or mark.is_compound:
        return False
    return mark.name is not None and mark.name.form == "name" and not _has_own_number(sentence, mark.j)


def _has_own_number(sentence: Sentence, k: int) -> bool:
    """As in "200 from Kenya and Jamaica sent 24": the second nation begins a clause of its own."""
    follows = sentence.entry(k)
    if follows.tags & {"have", "be"}:
        return True
    words = range(k + 1, k + _NUMBER_REACH)
    return bool(follows.cues) and any(
        sentence.entry(n).number is not None or sentence.low(n)[:1].isdigit() for n in words
    )


# "has sent about 24": so many tokens from the verb to its number.
_NUMBER_REACH = 4


def is_of(mark: Mark, state: str) -> bool:
    """True for the names of a state."""
    return mark.name is not None and mark.name.actor is not None and mark.name.actor.id == state


def is_nationality(mark: Mark) -> bool:
    """True for "Kenyan"."""
    return mark.name is not None and mark.name.actor is not None and mark.name.form == "adjective"


def _is_owner(sentence: Sentence, mark: Mark) -> bool:
    """A nationality, or a force right before its things ("two MSS armoured vehicles")."""
    if is_nationality(mark):
        return True
    actor = mark.name.actor if mark.name is not None else None
    return actor is not None and actor.type in ("force", "police", "army") and sentence.entry(mark.j).unit is not None


def _is_in_name(sentence: Sentence, mark: Mark) -> bool:
    """As in "six Royal Bahamas Defence Force marines": a state within the name of its army, before the noun."""
    k = mark.j
    while k < len(sentence.tokens) and sentence.tokens[k].is_capital and k - mark.j < _LONGEST_NAME:
        k += 1
    actor = mark.name.actor if mark.name is not None else None
    return k > mark.j and actor is not None and actor.type == "state" and sentence.entry(k).unit is not None


# "Defence Force", "National Police Service": words of a name behind its state.
_LONGEST_NAME = 4


def _skip_bracket(sentence: Sentence, k: int) -> int:
    """Past an acronym in brackets ("Mine Resistant (MRAP) vehicles")."""
    return k + 3 if sentence.low(k) == "(" and sentence.low(k + 2) == ")" else k


def _add_unit(quantity: Quantity, unit: Unit, mark: Mark) -> None:
    if quantity.unit is not None and quantity.unit.group == "force" and unit.group != "force":
        return
    quantity.unit, quantity.unit_at = unit, (mark.i, mark.j)
    quantity.group = unit.group
    quantity.j = mark.j


def _is_adjective(sentence: Sentence, k: int) -> bool:
    mark = sentence.marks[k]
    if mark is not None and (mark.name is not None or (mark.entry.cues and "adjectival" not in mark.entry.tags)):
        return False
    token = sentence.tokens[k]
    return not sentence.tags(k) & _CLOSED and (token.is_word or token.text == "-")


def stands_alone(sentence: Sentence, quantity: Quantity) -> bool:
    """True when what follows a bare number is a sign, a small word or a verb, so that its noun is left out."""
    j = quantity.j
    while "more" in sentence.tags(j):
        j += 1
    if j >= len(sentence.tokens):
        return True
    if quantity.is_vague:
        return False
    tags, entry = sentence.tags(j), sentence.entry(j)
    if not sentence.tokens[j].is_word:
        return sentence.tokens[j].text in ".,;:!?)»”\"'—–’" or sentence.low(j) == "''"
    if "contributors" in tags or ("of" in tags and not _opens_whole(sentence, j)):
        return False
    return bool(tags & (_CLOSED | _SUMMING) or entry.cues or entry.relative or entry.weekday >= 0)


# "785 altogether", "500 each", "416 today".
_SUMMING = frozenset(["each", "total", "together", "at_present"])


# "of an initially promised 2,500": so many tokens from the article to the number.
_WHOLE_REACH = 2


def _is_number(sentence: Sentence, k: int) -> bool:
    return sentence.entry(k).number is not None or sentence.low(k)[:1].isdigit()


def _opens_whole(sentence: Sentence, j: int) -> bool:
    """True for "24 of the 250", false for "a score of houses": what follows is the whole, not a noun of its own."""
    mark = sentence.marks[j]
    k = mark.j if mark is not None else j + 1
    if mark is not None and mark.j - mark.i > 1:
        return True
    whole = sentence.tags(k) | sentence.tags(j)
    if "article" in sentence.tags(k) and any(_is_number(sentence, n) for n in range(k + 1, k + 1 + _WHOLE_REACH)):
        # "400 of an expected 2,500"
        return True
    return (
        bool(whole & {"definite", "determiner", "possessive", "pronoun", "including"})
        or sentence.entry(k).number is not None
    )


def _is_article(sentence: Sentence, quantity: Quantity) -> bool:
    """As in "un contingent de 200": one group, and no part of them."""
    return quantity.value == 1 and "article" in sentence.tags(quantity.figure[0])


# "one of the mission's new armoured vehicles": so many tokens from "of" to the noun.
_MACHINES_REACH = 6


def read_machines_behind(sentence: Sentence, quantity: Quantity) -> None:
    """As in "one of the mission's vehicles", "two of its helicopters": the noun behind "of" is what is counted."""
    k = quantity.j
    if "of" not in sentence.tags(k) or not _opens_whole(sentence, k):
        return
    for n in range(k, min(k + _MACHINES_REACH, len(sentence.tokens))):
        entry, mark = sentence.entry(n), sentence.marks[n]
        if entry.number is not None or sentence.low(n)[0].isdigit() or sentence.low(n) in (",", ";"):
            return
        if mark is not None and entry.unit is not None:
            if entry.unit.group == "equipment":
                quantity.unit, quantity.group, quantity.unit_at = entry.unit, "equipment", (mark.i, mark.j)
                quantity.j, quantity.is_definite = mark.j, True
            return


def share_units(sentence: Sentence, found: list[Quantity]) -> None:
    """As in "24 of the 250 police": the part counts what its whole counts. So do brackets: "5,550 (5,500 police)"."""
    for first, second in pairwise(found):
        tokens = range(first.figure[1], second.figure[0])
        is_part = first.value < second.value and not _is_article(sentence, first)
        if is_part and len(tokens) <= 4 and any("of" in sentence.tags(k) for k in tokens):
            first.whole = second
            if first.unit is None and first.group == "bare":
                first.unit, first.group = second.unit, second.group
                first.actors = first.actors or second.actors
                first.currency = second.currency
                first.value *= _scale_of(second) if first.group == "money" else 1.0
        elif _is_subset(sentence, first, second):
            second.whole = first
        elif any(sentence.low(k) == "(" for k in range(first.j, second.figure[0])):
            _put_in_bracket(first, second)
        elif first.is_bracketed and not any(sentence.low(k) == ")" for k in tokens) and first.whole is not None:
            _put_in_bracket(first.whole, second)


# "112 of the 600 million dollars": the scale is said once.
_SCALES = (1_000_000_000.0, 1_000_000.0)
_MOST_WITHOUT_SCALE = 1000.0


def _scale_of(whole: Quantity) -> float:
    """The scale of a sum whose part is written without one."""
    return next((scale for scale in _SCALES if scale <= whole.value < scale * _MOST_WITHOUT_SCALE), 1.0)


def _is_subset(sentence: Sentence, first: Quantity, second: Quantity) -> bool:
    """As in "144 officers, among them 24 women"."""
    tokens = range(first.j, second.i)
    return second.value < first.value and any("including" in sentence.tags(k) for k in tokens) and len(tokens) <= 5


def _put_in_bracket(whole: Quantity, part: Quantity) -> None:
    """Parts in brackets share the qualifier of their whole ("at most 5,550 (5,500 police plus 50 civilians)")."""
    if part.value < whole.value and part.group in ("force", "civil", "nationals"):
        part.whole, part.is_bracketed = whole, True
        if part.qualifier == "exact" and whole.qualifier == "up_to":
            part.qualifier = whole.qualifier
