"""Tables of a lexicon file -> Entries: every phrase and form of a language, with all that it may mean."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from extractors.facts.conjugation import Tenses
from extractors.facts.entry import THINGS, Cue, Entry, LocalPost, Unit
from extractors.facts.inflection import classes, is_stem, name_form


def build_entries(data: dict[str, Any], tenses: Tenses) -> dict[str, Entry]:
    """Phrase -> entry, out of the tables of a lexicon file: first those that it lists, then what follows from them."""
    entries: dict[str, Entry] = {}
    _add_tags(entries, data)
    _add_units(entries, data)
    _add_cues(entries, data)
    _add_values(entries, data)
    _add_future(entries, tuple(data["writing"].get("future_endings", ())), tenses)
    _inherit(entries)
    _add_bare_capitals(entries)
    _add_forms(entries, classes(data.get("inflection")))
    return entries


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
        for phrase in dict.fromkeys(cue["forms"]):
            _entry(entries, phrase).cues += (made,)


_MOVEMENTS = frozenset(["deployment", "withdrawal", "pledge", "strength", "equipment"])


def _add_future(entries: dict[str, Entry], endings: tuple[str, ...], tenses: Tenses) -> None:
    """Verbs of movement say by their ending that they are to come ("llegarán", "traerá de vuelta", "enverrait").

    Of a verb that is conjugated the tense is known: "retira" has withdrawn, though it ends as "fournira" does.
    """
    for phrase, entry in entries.items() if endings else ():
        words = phrase.split()
        is_to_come = words[0].endswith(endings) or words[-1].endswith(endings)
        is_to_come = phrase in tenses.to_come or (is_to_come and phrase not in tenses.told)
        if is_to_come and any(cue.kind in _MOVEMENTS for cue in entry.cues):
            entry.tags |= {"future", "to_come"} if phrase in tenses.to_come else {"future"}


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
    for phrase, post in read_local_posts(data).items():
        _entry(entries, phrase).post = post


def read_local_posts(data: dict[str, Any]) -> dict[str, LocalPost]:
    """Phrase -> post, out of the tables of a lexicon file."""
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
# And "has asked for" says what "asked" says.
_SPOKEN = frozenset(["report_verb", "said", "asking", "promising"])
_AUXILIARY = frozenset(["have", "be", "modal"])


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
        if first is not None and "have" in first.tags:
            entry.tags |= frozenset().union(*(entries[word].tags & _SPOKEN for word in words[1:] if word in entries))
        for word in words if keeps_all or leads else ():
            inner = entries.get(word)
            cues = tuple(cue for cue in (inner.cues if inner else ()) if not cue.accepts & claimed)
            if leads and inner is first:
                # "has lost" has nothing.
                cues = tuple(cue for cue in cues if not cue.accepts <= THINGS)
            entry.cues += cues if keeps_all else tuple(cue for cue in cues if cue.accepts <= THINGS)
        if leads and len(words) > 2:
            _take_over_rest(entry, entries.get(" ".join(words[1:])))


def _take_over_rest(entry: Entry, rest: Entry | None) -> None:
    """As in "has asked for", of machines what "asked for" says; "has sent nobody" fails as "sent nobody" does."""
    if rest is None:
        return
    entry.tags |= rest.tags & {"failing"}
    entry.cues += tuple(cue for cue in rest.cues if cue.accepts <= THINGS and cue not in entry.cues)


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
