"""Number -> is it a label that counts nothing: of a resolution, a year, a day, an age, a time, a score, a quarter?"""

from __future__ import annotations

from extractors.facts.numbers import Number
from extractors.facts.reading import Sentence

YEARS = range(1900, 2101)
LONGEST_MONTH = 31


def is_label(sentence: Sentence, number: Number) -> bool:
    """True for the numbers of resolutions, years, dates, ages ("he is 45"), times and scores."""
    i, j = number.i, number.j
    if "legal_number" in sentence.tags(i - 1) or _counts_no_people(sentence, j) or _is_glued(sentence, i, j):
        return True
    if j > i + 1 or not sentence.tokens[i].text.isdigit():
        return False
    if "be" in sentence.tags(i - 1) and "pronoun_person" in sentence.tags(i - 2):
        return True
    if number.value in YEARS:
        is_dated = "year_after" in sentence.tags(i - 1) or bool(sentence.entry(i - 1).month)
        return is_dated or not _unit_ahead(sentence, j)
    if (number.value <= LONGEST_MONTH and _is_day(sentence, i, j)) or _is_of_quarter(sentence, i, j):
        return True
    return sentence.low(j) in (":", "/") and _touches(sentence, j) and _touches(sentence, j + 1)


# "Delmas 33", "Tabarre 27": quarters that are numbered.
_MOST_QUARTERS = 99


def _is_of_quarter(sentence: Sentence, i: int, j: int) -> bool:
    """As in "in Delmas 18.": the number behind a place, where nothing follows that it could count."""
    name = sentence.name(i - 1)
    is_place = name is not None and name.place is not None and name.actor is None
    is_end = j >= len(sentence.tokens) or not sentence.tokens[j].is_word
    return is_place and is_end and float(sentence.tokens[i].text) <= _MOST_QUARTERS


def _counts_no_people(sentence: Sentence, j: int) -> bool:
    """As in "12 votes", "two earlier groups": the noun after the number is neither people nor things we count."""
    if "not_quantity" in sentence.tags(j):
        return True
    is_attribute = bool(sentence.tags(j) & {"earlier", "more", "others"}) or sentence.marks[j : j + 1] == [None]
    return is_attribute and sentence.tokens[j].is_word and "group_noun" in sentence.tags(j + 1)


def _is_day(sentence: Sentence, i: int, j: int) -> bool:
    """As in "18 January", "3 et 4 janvier", "1 de julio", "March 5 and 6"; not "in August 78 soldiers".

    "el jueves 17" is a day too, "el jueves 17 soldados" is not.
    """
    if sentence.entry(i - 1).weekday >= 0 and (sentence.marks[j : j + 1] in ([], [None]) or "," in sentence.low(j)):
        return not _unit_ahead(sentence, j)
    if sentence.entry(j).month or ("date_link" in sentence.tags(j) and sentence.entry(j + 1).month):
        return True
    if _leads_to_day(sentence, j):
        return True
    if sentence.entry(i - 1).month or "day_word" in sentence.tags(i - 1):
        return not _unit_ahead(sentence, j)
    is_second = "range_to" in sentence.tags(i - 1) and bool(sentence.entry(i - 3).month)
    return is_second and not _unit_ahead(sentence, j)


def _leads_to_day(sentence: Sentence, j: int) -> bool:
    """As in "les 3 et 4 janvier", "el 3 y el 4 de enero": the first day of two, the month said once."""
    if not (sentence.tags(j) & {"conjunction", "range_to"} or sentence.low(j) in (",", "-", "–")):
        return False
    k = j + 1
    while sentence.tags(k) & {"determiner", "definite"}:
        k += 1
    second = sentence.tokens[k].text if k < len(sentence.tokens) else ""
    if not (second.isdigit() and int(second) <= LONGEST_MONTH):
        return False
    return bool(sentence.entry(k + 1).month or ("date_link" in sentence.tags(k + 1) and sentence.entry(k + 2).month))


def _is_glued(sentence: Sentence, i: int, j: int) -> bool:
    """True when a sign or letters touch the digits: 10:30, 2-0, C-17, 28-year-old, 3rd."""
    before, after = sentence.low(i - 1), sentence.low(j)
    if _touches(sentence, i) and before in ("-", "–", "/", ":", "#", "+", "°", "'"):
        return True
    if not _touches(sentence, j) or j >= len(sentence.tokens) or not sentence.tokens[i].text[0].isdigit():
        return False
    if "number_after" in sentence.tags(j + 1):
        return False
    if after == ":" and not _touches(sentence, j + 1):
        return False
    if after.isalpha() or after in ("-", "–", "/", ":"):
        return (
            sentence.entry(j).unit is None and sentence.entry(j + 1).unit is None and sentence.entry(j).number is None
        )
    return False


def _touches(sentence: Sentence, i: int) -> bool:
    return 0 < i < len(sentence.tokens) and sentence.tokens[i - 1].end == sentence.tokens[i].start


def _unit_ahead(sentence: Sentence, j: int) -> bool:
    return any(sentence.entry(k).unit is not None for k in range(j, j + 2))
