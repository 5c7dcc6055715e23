"""Tokens -> Number: digits and number words of any lexicon, "1.3 million", "two dozen", "1 mil 617"."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.facts.lexicon import Lexicon
from extractors.facts.reading import Sentence

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*$")
# A thousands group: what tells 5,600 from 5,6 whatever the language says of its separators.
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*$")
_SPACES = (" ", "\u00a0", "\u202f", "\u2009")


class Number(NamedTuple):
    """A number over tokens i to j; vague words ("dozens") have a floor and no value."""

    i: int
    j: int
    value: float
    is_vague: bool = False


def read_number(sentence: Sentence, i: int, lexicon: Lexicon) -> Number | None:
    """The number that begins at token i, or None."""
    start = i
    if "article" in sentence.tags(i) and _kind(sentence, i + 1) in ("scale", "hundred", "fraction"):
        start = i + 1
    elif _kind(sentence, i) is None and not sentence.tokens[i].text[0].isdigit():
        return None
    if _kind(sentence, start) == "vague":
        return _read_vague(sentence, start)
    if lexicon.is_scale_first and _kind(sentence, start) in ("scale", "hundred"):
        return _read_scale_first(sentence, start, lexicon)
    return _accumulate(sentence, i, start, lexicon)


def parse_digits(text: str, lexicon: Lexicon) -> float | None:
    """The value of digits as the language writes them; thousands groups win where both readings fit."""
    if not _DIGITS.match(text):
        return None
    if "." not in text and "," not in text:
        return float(text) if len(text) <= 15 else None
    if _GROUPED.match(text):
        mark = "." if "." in text else ","
        # 1.250 is a decimal only where the language never groups by that sign, and wrote fewer than two groups.
        if text.count(mark) > 1 or mark in lexicon.thousands or mark != lexicon.decimal:
            return float(text.replace(mark, ""))
    # What is not grouped in threes is a decimal, whichever sign the outlet prefers; of two signs the last one is.
    at = max(text.rfind("."), text.rfind(","))
    return float(text[:at].replace(".", "").replace(",", "") + "." + text[at + 1 :])


def _kind(sentence: Sentence, i: int) -> str | None:
    number = sentence.entry(i).number
    return number[0] if number else None


def _digit_run(sentence: Sentence, i: int, lexicon: Lexicon) -> tuple[int, float] | None:
    """Digits at token i, with groups parted by spaces ("1 600") where the language writes them so."""
    tokens = sentence.tokens
    if i >= len(tokens) or not tokens[i].text[0].isdigit():
        return None
    text, end = tokens[i].text, i + 1
    if " " in lexicon.thousands and len(text) <= 3 and text.isdigit():
        while end < len(tokens) and re.fullmatch(r"\d{3}(,\d+)?", tokens[end].text) and _is_spaced(sentence, end):
            text += tokens[end].text
            end += 1
    value = parse_digits(text, lexicon)
    return None if value is None else (end, value)


def _is_spaced(sentence: Sentence, i: int) -> bool:
    return sentence.text[sentence.tokens[i - 1].end : sentence.tokens[i].start] in _SPACES


def _read_vague(sentence: Sentence, i: int) -> Number:
    mark = sentence.marks[i]
    assert mark is not None
    assert mark.entry.number is not None
    return Number(i, mark.j, mark.entry.number[1], is_vague=True)


def _read_scale_first(sentence: Sentence, i: int, lexicon: Lexicon) -> Number:
    """As in Swahili "elfu mbili", "mia tatu": the scale (or hundred), then how many of it."""
    total, end = 0.0, i
    while _kind(sentence, end) == "scale":
        scale = _value(sentence, end)
        run = _small(sentence, end + 1, lexicon)
        total += scale * (run[1] if run else 1)
        end = run[0] if run else end + 1
        if "number_and" in sentence.tags(end) and _kind(sentence, end + 1) in _WORDED:
            end += 1
    run = _small(sentence, end, lexicon)
    return Number(i, run[0] if run else end, total + (run[1] if run else 0))


def _small(sentence: Sentence, i: int, lexicon: Lexicon) -> tuple[int, float] | None:
    digits = _digit_run(sentence, i, lexicon)
    if digits:
        return digits
    total, end, room = 0.0, i, float("inf")
    while _kind(sentence, end) in ("unit", "tens", "hundred") and (value := _value(sentence, end)) < room:
        room = 1 if value < _TEN else _TEN if value < _HUNDRED else _HUNDRED
        if value == _HUNDRED and 0 < (times := _unit_value(sentence, end + 1)) < _TEN:
            value, end = value * times, end + 1
        total += value
        end += 1
        if "number_and" in sentence.tags(end) and _kind(sentence, end + 1) in ("unit", "tens"):
            end += 1
    return (end, total) if end > i else None


_TEN, _HUNDRED = 10, 100
_WORDED = ("unit", "tens", "hundred", "scale")


def _unit_value(sentence: Sentence, i: int) -> float:
    """The number word that says how many hundreds; 0 where none stands there."""
    return _value(sentence, i) if _kind(sentence, i) == "unit" else 0


def _value(sentence: Sentence, i: int) -> float:
    number = sentence.entry(i).number
    assert number is not None
    return number[1]


def _accumulate(sentence: Sentence, first: int, start: int, lexicon: Lexicon) -> Number | None:
    """Adds up "one million three hundred and five thousand", "Cinco mil 915", "1.3 million", "two dozen"."""
    total, current, end, room = 0.0, None, start, float("inf")
    if start > first:
        current = 1.0
    while end < len(sentence.tokens):
        digits = _digit_run(sentence, end, lexicon)
        kind = _kind(sentence, end)
        if digits is not None:
            if current is not None or digits[1] >= room:
                break
            # After digits only a scale goes on: "In April 2021 ten people" has two numbers.
            end, current = digits
            room = 0.0
        elif kind in ("unit", "tens"):
            value = _value(sentence, end)
            if value >= room:
                break
            current, room = (current or 0) + value, (10 if kind == "tens" else 1) if value < 100 else 100
            end = _after(sentence, end)
        elif kind == "hundred":
            current, room, end = (current or 1) * _value(sentence, end), 100.0, _after(sentence, end)
        elif kind in ("scale", "fraction"):
            scale = _value(sentence, end)
            total, current, room, end = (
                total + (1 if current is None else current) * scale,
                None,
                scale,
                _after(sentence, end),
            )
        else:
            break
        half, end = _read_half(sentence, end, room)
        total, current = (total + half, current) if current is None else (total, current + half)
        end = _skip_and(sentence, end, room)
    end = _drop_and(sentence, end)
    return Number(first, end, total + (current or 0)) if end > start else None


def _read_half(sentence: Sentence, end: int, room: float) -> tuple[float, int]:
    """The half of "five and a half million" or "cinco millones y medio", and the token after it."""
    if "half_more" not in sentence.tags(end):
        return 0.0, end
    after = _after(sentence, end)
    if _kind(sentence, after) == "scale":
        return 0.5, after
    return (room / 2, after) if room in _SCALES else (0.0, end)


# After these the room left is the scale itself ("millones y medio" adds half of one).
_SCALES = frozenset([1e3, 1e6, 1e9])


def _after(sentence: Sentence, i: int) -> int:
    mark = sentence.marks[i]
    return mark.j if mark is not None else i + 1


def _skip_and(sentence: Sentence, i: int, room: float) -> int:
    """Past "and" inside a number word ("a hundred and forty"), never before digits or after units."""
    tagged = "number_and" in sentence.tags(i) or (sentence.low(i) == "-" and room <= 10)
    return i + 1 if tagged and room > 1 and _kind(sentence, i + 1) in ("unit", "tens") else i


def _drop_and(sentence: Sentence, i: int) -> int:
    return i - 1 if "number_and" in sentence.tags(i - 1) else i
