"""Word -> stem: a verb without its prefixes, where a language writes subject, tense and object in front of it.

A lexicon names such a verb as dictionaries do ("-wasili" for "waliwasili", "wamewasili", "watakaowasili").
`[inflection] prefix` is a regular expression over all that may stand before a stem; its named groups are word classes
that a form has beside those of its stem ("future", "negation").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

# Between a stem and the class of one of its forms; no word of a text holds it.
_SIGN = "+"


def is_stem(word: str) -> bool:
    """True for "-wasili"."""
    return len(word) > 1 and word[0] == "-" and word[1].isalpha()


def make_reader(
    table: dict[str, Any] | None, stems: Iterable[str], literal: frozenset[str]
) -> Callable[[str], str] | None:
    """A function from a word in lower case to its stem with the class of its form, or to itself.

    Args:
        table: `[inflection]` of a lexicon: `prefix`, and `endings` that a stem's last letters may change into.
        literal: words that the lexicon knows as they stand; they are never taken apart.
    """
    known = sorted(stems)
    if table is None or not known:
        return None
    forms = _bend(known, table.get("endings", {}))
    pattern = re.compile(
        f"(?:{table['prefix']})(?P<stem>{'|'.join(sorted(map(re.escape, forms), key=len, reverse=True))})"
    )

    @lru_cache(maxsize=65536)
    def read(word: str) -> str:
        found = None if word in literal else pattern.fullmatch(word)
        if found is None:
            return word
        stem = forms[found["stem"]]
        class_of_form = next((name for name in classes(table) if found[name]), None)
        return f"{stem}{_SIGN}{class_of_form}" if class_of_form else stem

    return read


def classes(table: dict[str, Any] | None) -> list[str]:
    """The word classes that a prefix may give to a form."""
    return sorted(re.compile(table["prefix"]).groupindex) if table is not None else []


def name_form(phrase: str, class_of_form: str) -> str:
    """The phrase whose first stem stands in a form of that class."""
    words = phrase.split()
    at = next(k for k, word in enumerate(words) if is_stem(word))
    words[at] += _SIGN + class_of_form
    return " ".join(words)


def _bend(stems: list[str], endings: dict[str, list[str]]) -> dict[str, str]:
    """Every form of the end of a stem -> the stem ("-tuma" also ends a word as "tume", "tumi")."""
    forms: dict[str, str] = {}
    for stem in stems:
        for ending, others in endings.items():
            if stem.endswith(ending):
                forms.update((stem[1 : -len(ending)] + other, stem) for other in others)
    forms.update((stem[1:], stem) for stem in stems)
    return forms
