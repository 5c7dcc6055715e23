"""Infinitive -> forms: what verbs end in, where a language writes person and tense behind their stem.

A lexicon names such a verb with a hyphen behind it, alone or inside a phrase ("llegar-", "tomar- el control de");
"aportar-told" and "aportar-to_come" are the forms of one table alone.
`[conjugation.told]` and `[conjugation.to_come]` say, for the end of an infinitive, what ends its forms in the tenses
of what is and was, and of what is not yet (future, conditional, subjunctive). The longest end that fits counts, so that
irregular verbs are rows of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_SIGN = "-"


# The end of an infinitive -> what its forms end in instead.
Endings = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Tenses:
    """The forms that stand for verbs in the tables of a lexicon, by what their tense tells of."""

    told: frozenset[str] = frozenset()
    to_come: frozenset[str] = frozenset()


def conjugate_tables(data: dict[str, Any]) -> tuple[dict[str, Any], Tenses]:
    """The tables with every "verb-" of a list replaced by its forms; those that are nouns as well have no tense."""
    if "conjugation" not in data:
        return data, Tenses()
    table = data["conjugation"]
    endings = {tense: _read_endings(table[tense]) for tense in ("told", "to_come")}
    found: dict[str, set[str]] = {tense: set() for tense in endings}
    filled = {key: _fill(part, endings, found) for key, part in data.items() if key != "conjugation"}
    nouns = set(table.get("nouns", ()))
    return filled, Tenses(frozenset(found["told"] - nouns), frozenset(found["to_come"] - found["told"] - nouns))


def conjugate(phrase: str, endings: Endings, tense: str = "") -> tuple[str, ...]:
    """The forms of a phrase in which a verb is marked, for every tense or for this one; none without such a verb."""
    words = phrase.split()
    for k, word in enumerate(words):
        verb, sign, only = word.rpartition(_SIGN)
        ending = _end_of(verb, endings) if sign and only in ("", tense) else None
        if ending is not None:
            stem = verb[: -len(ending)]
            return tuple(" ".join((*words[:k], stem + form, *words[k + 1 :])) for form in endings[ending])
    return ()


def _end_of(verb: str, endings: Endings) -> str | None:
    return max(filter(verb.endswith, endings), key=len, default=None)


def _read_endings(table: dict[str, str]) -> Endings:
    return {ending: tuple(forms.split()) for ending, forms in table.items()}


def _fill(value: Any, endings: dict[str, Endings], found: dict[str, set[str]]) -> Any:
    if isinstance(value, dict):
        return {key: _fill(part, endings, found) for key, part in value.items()}
    if not isinstance(value, list):
        return value
    return [form for part in value for form in _fill_one(part, endings, found)]


def _fill_one(part: Any, endings: dict[str, Endings], found: dict[str, set[str]]) -> Iterator[Any]:
    is_marked = isinstance(part, str) and _SIGN in part
    forms = {t: conjugate(part, table, t) for t, table in endings.items()} if is_marked else {}
    if not any(forms.values()):
        yield _fill(part, endings, found)
        return
    for tense, words in forms.items():
        found[tense].update(words)
        yield from words
