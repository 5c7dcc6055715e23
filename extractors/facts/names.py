"""Mission -> Names: how its actors and places are written, looked up token by token.

Names fold accents and case apart from the first letter: "Haïti" and "Haiti" meet, "us" and "US" do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from extractors.facts.lexicon import Lexicon
from extractors.facts.tokens import Token, fold
from extractors.records import Actor, Mission, Name, Place, Post


@dataclass(slots=True)
class NameEntry:
    """What one written name may stand for."""

    actor: Actor | None = None
    form: str = "name"
    place: Place | None = None
    is_capital: bool = True
    is_acronym: bool = False
    is_elsewhere: bool = False


class Found(NamedTuple):
    """A name in a text: the token after it, and what it stands for."""

    end: int
    entry: NameEntry


Forms = tuple[tuple[tuple[str, ...], NameEntry], ...]


class Beginning(NamedTuple):
    """The names that a word begins, longest first, and whether it begins a phrase of the lexicon."""

    forms: Forms
    is_phrase: bool


class Names:
    """Every written form of one mission's actors and places in one language."""

    def __init__(self, mission: Mission, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.posts = index_posts(mission)
        self.actors = {actor.id: actor for actor in mission.actors}
        self.capital = _find_capital(mission)
        self._forms: dict[str, list[tuple[tuple[str, ...], NameEntry]]] = {}
        entries: dict[str, NameEntry] = {}
        for place in mission.places:
            for text in spellings(place.name, *place.aliases):
                entry = self._entry(entries, text)
                entry.place = entry.place or place
        adjectives = {fold(n.text) for a in mission.actors for n in a.names if n.form == "adjective"}
        for actor in mission.actors:
            for name in actor.names:
                if name.language in (None, lexicon.language) and not _is_plain(mission, actor, name, adjectives):
                    entry = self._entry(entries, name.text)
                    if entry.actor is None or name.form == "name":
                        entry.actor, entry.form = actor, name.form
        self._add_others(mission, entries)
        self._index(entries)
        # News repeats its words: whether a word can begin a name or a phrase is settled once for each.
        self.begins = lru_cache(maxsize=65536)(self._begins)

    def _add_others(self, mission: Mission, entries: dict[str, NameEntry]) -> None:
        """What only other missions are called, and the states they work in."""
        for entry in entries.values():
            entry.is_elsewhere = entry.actor is not None and entry.actor.id in mission.other_theatres
        for name in mission.others:
            if name.language in (None, self._lexicon.language) and fold(name.text) not in entries:
                self._entry(entries, name.text).is_elsewhere = True

    def _begins(self, text: str) -> Beginning | None:
        """What a word may begin; None for the two words in three that begin nothing."""
        forms = tuple(self._forms.get(fold(text), ()))
        is_phrase = self._lexicon.base(text.lower().replace("’", "'")) in self._lexicon.starts
        return Beginning(forms, is_phrase) if forms or is_phrase or "-" in text else None

    def find_stem(self, token: Token) -> NameEntry | None:
        """The name in a compound written as one word ("Kenya-led")."""
        stem, hyphen, _ = token.text.partition("-")
        if not hyphen or not stem[:1].isupper():
            return None
        return next((entry for rest, entry in self._forms.get(fold(stem), ()) if not rest), None)

    def find(self, tokens: list[Token], i: int, forms: Forms) -> Found | None:
        """The longest of the names that begin at token i."""
        first = tokens[i]
        for rest, entry in forms:
            if entry.is_capital and not first.is_capital:
                continue
            if entry.is_acronym and not first.text.isupper() and not (len(first.text) > 3 and first.text.istitle()):
                continue
            end = i + 1 + len(rest)
            if not rest or (end <= len(tokens) and all(fold(tokens[i + 1 + k].text) == w for k, w in enumerate(rest))):
                return Found(end, entry)
        return None

    @staticmethod
    def _entry(entries: dict[str, NameEntry], text: str) -> NameEntry:
        made = entries.setdefault(fold(text), NameEntry())
        made.is_capital = made.is_capital and text[:1].isupper()
        made.is_acronym = text.isupper() and len(text) <= 6
        return made

    def _index(self, entries: dict[str, NameEntry]) -> None:
        for text, entry in entries.items():
            words = [found.group() for found in self._lexicon.pattern.finditer(text)]
            if words:
                self._forms.setdefault(words[0], []).append((tuple(words[1:]), entry))
        for forms in self._forms.values():
            forms.sort(key=lambda form: len(form[0]), reverse=True)


def _is_plain(mission: Mission, actor: Actor, name: Name, adjectives: set[str]) -> bool:
    """As in "Kenyan police" is a nationality and a noun: as one name it would hide whose officers are counted."""
    words = fold(name.text).split()
    return (
        actor.type in ("police", "army")
        and actor.country != mission.theatre
        and len(words) == 2
        and (words[0] in adjectives or words[1] in adjectives)
    )


def index_posts(mission: Mission) -> dict[str, list[Post]]:
    """Known posts by the folded last word of each way to write the person."""
    index: dict[str, list[Post]] = {}
    for post in mission.posts:
        for name in (post.person, *post.aliases):
            index.setdefault(fold(name.split()[-1]), []).append(post)
    return index


def spellings(*names: str) -> list[str]:
    """Names of places with and without their hyphens: "Petite-Rivière de l'Artibonite", "Croix des Bouquets"."""
    forms: dict[str, None] = {}
    for name in names:
        plain = name.replace("-", " ")
        forms.update(dict.fromkeys((name, plain, plain.replace(" ", "-", 1), plain.replace(" ", "-"))))
    return list(forms)


def _find_capital(mission: Mission) -> Place | None:
    """The place of the gazetteer that the mission names as its capital."""
    return next((place for place in mission.places if place.place_id == mission.capital), None)
