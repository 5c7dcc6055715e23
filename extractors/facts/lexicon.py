"""lexicons/<language>.toml -> Lexicon: every word and phrase of a language that the rules lean on.

A phrase is looked up by its first token, the longest first, so a text is read once whatever the lexicon's size.
docs/claims.md explains the tables of a lexicon file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from extractors.facts.inflection import classes, is_stem, make_reader, name_form
from extractors.facts.tokens import Token, compile_tokens
from extractors.facts.wording import Wording, fill_blanks

LEXICONS = Path(__file__).parent / "lexicons"
NO_WORDING = Wording()


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted: its name, class and group, and the kind it speaks for on its own ("deaths")."""

    name: str
    group: str
    unit_class: str | None = None
    kind: str | None = None
    subkind: str | None = None
    actor: str | None = None
    measure: str | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb or noun that makes a quantity beside it a claim.

    Args:
        takes: where its quantity stands: object, subject, either, or after (nouns: "a pledge of").
        accepts: groups of units that it can govern.
        bare: it also governs a number without a unit.
    """

    name: str
    kind: str
    takes: str
    accepts: frozenset[str]
    subkind: str | None = None
    status: str | None = None
    measure: str | None = None
    actor: str | None = None
    bare: bool = False
    weak: float = 0.0
    alone: bool = False


@dataclass(frozen=True, slots=True)
class LocalPost:
    """A post that speaks for a part of the land, under its name in all languages; `territory` is what part."""

    name: str
    territory: str


@dataclass(slots=True)
class Entry:
    """Everything that one phrase may mean in one language."""

    tags: frozenset[str] = frozenset()
    unit: Unit | None = None
    cues: tuple[Cue, ...] = ()
    number: tuple[str, float] | None = None
    qualifier: str | None = None
    month: int = 0
    weekday: int = -1
    relative: str | None = None
    currency: str | None = None
    role: str | None = None
    post: LocalPost | None = None
    share: float | None = None


# Phrases of two words and more by their first two: few phrases share both, so a look-up tries hardly any in vain.
Phrases = dict[tuple[str, str], list[tuple[tuple[str, ...], Entry]]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language: its token pattern, its phrases and its habits of writing numbers."""

    language: str
    pattern: re.Pattern[str]
    words: dict[str, Entry]
    longer: Phrases
    starts: frozenset[str]
    abbreviations: frozenset[str]
    thousands: str
    decimal: str
    openers: frozenset[str] = frozenset()
    is_scale_first: bool = False
    is_noun_first: bool = False
    person_prefixes: tuple[str, ...] = ()
    read_stem: Callable[[str], str] | None = None
    settings: dict[str, Any] = field(default_factory=dict)

    def base(self, word: str) -> str:
        """A word in lower case as the phrases hold it: its stem where the language inflects by prefixes."""
        return word if self.read_stem is None else self.read_stem(word)

    def find(self, tokens: list[Token], i: int) -> tuple[int, Entry] | None:
        """The longest phrase that begins at token i, as (end, entry)."""
        first = tokens[i].low
        if i + 1 < len(tokens):
            for rest, entry in self.longer.get((first, tokens[i + 1].low), ()):
                end = i + 2 + len(rest)
                if end <= len(tokens) and all(tokens[i + 2 + k].low == word for k, word in enumerate(rest)):
                    return end, entry
        entry_of_one = self.words.get(first)
        return None if entry_of_one is None else (i + 1, entry_of_one)


@cache
def read_lexicon(language: str, wording: Wording = NO_WORDING) -> Lexicon | None:
    """The lexicon of a language, or None where there is no file for it.

    Args:
        wording: of a mission; without it phrases that speak of a theatre, its people or its police are left out.
    """
    data = _read_tables(language)
    return None if data is None else build_lexicon(fill_blanks(data, wording))


def read_posts(language: str) -> dict[str, LocalPost]:
    """Phrase -> post, of a language that may have no file."""
    return _read_posts(_read_tables(language) or {})


def read_further(language: str) -> tuple[str, ...]:
    """Phrases that make a number one that comes on top of others: "another", "more", "second"."""
    data = _read_tables(language) or {}
    ordinals = data.get("number", {}).get("ordinal", {})
    return (*data.get("tags", {}).get("more", ()), *data.get("tags", {}).get("others", ()), *ordinals)


@cache
def _read_tables(language: str) -> dict[str, Any] | None:
    path = LEXICONS / f"{language}.toml"
    if not re.fullmatch("[a-z]{2,3}", language) or not path.is_file():
        return None
    return tomllib.loads(path.read_text(encoding="utf-8"))


def build_lexicon(data: dict[str, Any]) -> Lexicon:
    """A lexicon out of the tables of its file."""
    writing = data["writing"]
    pattern = compile_tokens(tuple(writing.get("elisions", ())))
    entries: dict[str, Entry] = {}
    _add_tags(entries, data)
    _add_units(entries, data)
    _add_cues(entries, data)
    _add_values(entries, data)
    _add_future(entries, tuple(writing.get("future_endings", ())))
    _inherit(entries)
    _add_bare_capitals(entries)
    table = data.get("inflection")
    _add_forms(entries, classes(table))
    words, longer = _index(entries, pattern)
    inner = {word for phrase in entries for word in phrase.split()} if table else set()
    return Lexicon(
        language=data["language"],
        pattern=pattern,
        words=words,
        longer=longer,
        starts=frozenset(words) | frozenset(first for first, _ in longer),
        abbreviations=frozenset(writing.get("abbreviations", ())),
        thousands=writing["thousands"],
        decimal=writing["decimal"],
        openers=frozenset(writing.get("openers", ())),
        is_scale_first=bool(writing.get("scale_first", False)),
        is_noun_first=bool(writing.get("noun_first", False)),
        person_prefixes=tuple(writing.get("person_prefixes", ())),
        read_stem=make_reader(table, filter(_is_plain_stem, inner), frozenset(inner)),
        settings=data.get("settings", {}),
    )


def _entry(entries: dict[str, Entry], phrase: str) -> Entry:
    return entries.setdefault(phrase.lower().replace("’", "'"), Entry())


def _add_tags(entries: dict[str, Entry], data: dict[str, Any]) -> None:
    for tag, phrases in data.get("tags", {}).items():
        for phrase in phrases:
            entry = _entry(entries, phrase)
            entry.tags |= {tag}


def _add_units(entries: dict[str, Entry], data: dict[str, Any]) -> None:
    for unit in data.get("unit", ()):
        values = {key: value for key, value in unit.items() if key != "forms"}
        made = Unit(**values)
        for phrase in unit["forms"]:
            _entry(entries, phrase).unit = made


def _add_cues(entries: dict[str, Entry], data: dict[str, Any]) -> None:
    for cue in data.get("cue", ()):
        values = {key: value for key, value in cue.items() if key != "forms"}
        values["accepts"] = frozenset(values["accepts"])
        made = Cue(**values)
        for phrase in cue["forms"]:
            _entry(entries, phrase).cues += (made,)


_MOVEMENTS = frozenset(["deployment", "withdrawal", "pledge", "strength", "equipment"])


def _add_future(entries: dict[str, Entry], endings: tuple[str, ...]) -> None:
    """Verbs of movement say by their ending that they are to come ("llegarán", "traerá de vuelta", "enverrait")."""
    for phrase, entry in entries.items() if endings else ():
        words = phrase.split()
        is_to_come = words[0].endswith(endings) or words[-1].endswith(endings)
        if is_to_come and any(cue.kind in _MOVEMENTS for cue in entry.cues):
            entry.tags |= {"future"}


def _add_values(entries: dict[str, Entry], data: dict[str, Any]) -> None:
    numbers = data.get("number", {})
    for kind, words in numbers.items():
        for phrase, value in words.items():
            _entry(entries, phrase).number = (kind, float(value))
    _add_hyphenated(entries, numbers)
    _add_month_compounds(entries, data)
    for name, attribute in (("month", "month"), ("weekday", "weekday"), ("relative", "relative"), ("share", "share")):
        for phrase, value in data.get(name, {}).items():
            setattr(_entry(entries, phrase), attribute, value)
    for name, attribute in (("qualifier", "qualifier"), ("currency", "currency"), ("role", "role")):
        for value, phrases in data.get(name, {}).items():
            for phrase in phrases:
                setattr(_entry(entries, phrase), attribute, value)
    for phrase, post in _read_posts(data).items():
        _entry(entries, phrase).post = post


def _read_posts(data: dict[str, Any]) -> dict[str, LocalPost]:
    return {
        phrase: LocalPost(name, territory)
        for territory, posts in data.get("post", {}).items()
        for name, phrases in posts.items()
        for phrase in phrases
    }


def _add_hyphenated(entries: dict[str, Entry], numbers: dict[str, dict[str, float]]) -> None:
    """Twenty-one to ninety-nine, which English and French write as one word."""
    units = [(word, value) for word, value in numbers.get("unit", {}).items() if value < 10]
    for tens, ten in numbers.get("tens", {}).items():
        for unit, one in units:
            _entry(entries, f"{tens}-{unit}").number = ("unit", float(ten + one))


def _add_month_compounds(entries: dict[str, Entry], data: dict[str, Any]) -> None:
    """Months that a hyphen joins to another word: "mid-October", "January-March"."""
    months = [(name, n) for name, n in data.get("month", {}).items() if len(name) > _LONGEST_SHORT_MONTH or n == 5]
    tags = frozenset().union(*(entries[name].tags for name, _ in months if name in entries))
    for name, number in months:
        for prefix in data["writing"].get("month_prefixes", ()):
            entry = _entry(entries, prefix + name)
            entry.month, entry.tags = number, entry.tags | (tags & {"lower_months"})
        for last, end in months:
            if number < end:
                _entry(entries, f"{name}-{last}").relative = f"months {number} {end - number + 1}"


# "jan", "feb." and the like are not written with a hyphen.
_LONGEST_SHORT_MONTH = 3


# Small words whose class a phrase keeps when it begins with them: "has not" is still a form of have.
_KEPT_TAGS = frozenset(
    ["determiner", "preposition", "of", "from", "be", "have", "modal", "relative", "pronoun", "rising", "future",
     "force_noun", "mostly"]
)  # fmt: skip


# And a preposition at its end still governs what follows: "arrived in".
_LAST_TAGS = frozenset(
    ["preposition", "place_preposition", "year_after", "from", "by", "to", "of", "since", "future", "be",
     "complement", "contingent_noun"]
)  # fmt: skip


# "ont promis" intends what "promis" intends.
_OF_PARTICIPLES = frozenset(["intend", "adopt", "leaving", "departing", "suspended", "transition", "extend", "expire"])
_AUXILIARY = frozenset(["have", "be", "modal"])
_THINGS = frozenset(["money", "percent", "equipment"])


def _inherit(entries: dict[str, Entry]) -> None:
    """A longer phrase hides its words, so it takes over what they mean beside its own meaning."""
    for phrase, entry in entries.items():
        words = phrase.split()
        if len(words) < 2 or entry.unit is not None:
            continue
        first = entries.get(words[0])
        last = entries.get(words[-1])
        entry.tags |= (first.tags & _KEPT_TAGS) if first is not None else frozenset()
        entry.tags |= (last.tags & _LAST_TAGS) if last is not None else frozenset()
        if entry.share is None and first is not None and "of" in entry.tags:
            entry.share = first.share
        claimed = {group for cue in entry.cues for group in cue.accepts}
        # "has promised" says what "promised" says of money and machines; of people the phrase knows better.
        keeps_all = bool(entry.cues) or "pledging" in entry.tags
        leads = first is not None and bool(first.tags & _AUXILIARY)
        if leads and last is not None:
            entry.tags |= last.tags & _OF_PARTICIPLES
        for word in words if keeps_all or leads else ():
            inner = entries.get(word)
            cues = tuple(cue for cue in (inner.cues if inner else ()) if not cue.accepts & claimed)
            entry.cues += cues if keeps_all else tuple(cue for cue in cues if cue.accepts <= _THINGS)


def _is_plain_stem(word: str) -> bool:
    return is_stem(word) and "+" not in word


def _add_forms(entries: dict[str, Entry], names: list[str]) -> None:
    """A phrase with a stem once more for each class of form ("-wasili" as future, as negation)."""
    for phrase, entry in list(entries.items()) if names else ():
        if any(map(is_stem, phrase.split())):
            for name in names:
                entries[name_form(phrase, name)] = replace(entry, tags=entry.tags | {name})


# French outlets write capitals without their accents: "secrétaire d'Etat", "Elu".
_BARE_CAPITALS = str.maketrans("éèêàâîôç", "eeeaaioc")
_WORD_STARTS = re.compile(r"(?<![^\W_])[éèêàâîôç](?=[^\W\d_]{2})")


def _add_bare_capitals(entries: dict[str, Entry]) -> None:
    """The same phrase with the accents of its first letters left out, where that is no phrase of its own."""
    for phrase, entry in list(entries.items()):
        bare = _WORD_STARTS.sub(lambda found: found.group().translate(_BARE_CAPITALS), phrase)
        if bare != phrase:
            entries.setdefault(bare, entry)


def _split(phrase: str, pattern: re.Pattern[str]) -> list[str]:
    """The tokens of a phrase; an elided word at its end ("plus d'") is one only before another word."""
    if any(map(is_stem, phrase.split())):
        return phrase.split()
    words = [found.group() for found in pattern.finditer(phrase + "a" if phrase.endswith("'") else phrase)]
    return words[:-1] if phrase.endswith("'") else words


def _index(entries: dict[str, Entry], pattern: re.Pattern[str]) -> tuple[dict[str, Entry], Phrases]:
    single: dict[str, Entry] = {}
    longer: Phrases = {}
    for phrase, entry in entries.items():
        words = _split(phrase, pattern)
        if len(words) == 1:
            single[words[0]] = entry
        else:
            longer.setdefault((words[0], words[1]), []).append((tuple(words[2:]), entry))
    for forms in longer.values():
        forms.sort(key=lambda form: len(form[0]), reverse=True)
    return single, longer
