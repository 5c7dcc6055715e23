"""Mission, language -> Wording: what the blanks in a lexicon's phrases stand for.

A lexicon says "left {theatre}", "{theatre_people} police officers", "the {theatre_people} capital"; which country that
is, and whose police, only the mission's folder knows. Without a mission a phrase with a blank is left out.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from extractors.records import Actor, Mission

_BLANK = re.compile(r"\{(\w+)\}")
# Longer words in capitals are no short names ("MSS", "AUSSOM").
_LONGEST_SHORT_NAME = 6


@dataclass(frozen=True, slots=True)
class Wording:
    """One mission's words in one language.

    Args:
        blanks: what may stand for each blank.
        actors: the ids that {adversary}, {police}, {army} and {theatre} mean where an actor is asked for.
        words: further phrases of a class of words.
    """

    blanks: tuple[tuple[str, tuple[str, ...]], ...] = ()
    actors: tuple[tuple[str, str], ...] = ()
    words: tuple[tuple[str, str], ...] = ()


def read_wording(mission: Mission, language: str) -> Wording:
    """The blanks of a mission."""
    actors = {actor.id: actor for actor in mission.actors}
    host = [actors[mission.theatre]] if mission.theatre in actors else []
    senders = _senders(mission)
    police, army = _home_force(mission, "police"), _home_force(mission, "army")
    capital = [place for place in mission.places if place.place_id == mission.capital]
    blanks = {
        "theatre": _names(host, language, "name"),
        "theatre_people": _names(host, language, "adjective"),
        "theatre_plural": tuple(name for name in _names(host, language, "adjective") if name.endswith(("s", "x"))),
        "capital": tuple(name for place in capital for name in (place.name, *place.aliases)),
        "force": _short(_names([actors[force] for force in mission.forces], language, "name")),
        "police_name": _short(_names([police] if police else [], language, "name")),
        "sender": _names(senders, language, "name", "metonym"),
        "sender_people": _names(senders, language, "adjective"),
    }
    ids = {
        "adversary": mission.adversary,
        "police": police.id if police else None,
        "army": army.id if army else None,
        "theatre": mission.theatre,
    }
    return Wording(
        blanks=tuple(blanks.items()),
        actors=tuple((name, actor) for name, actor in ids.items() if actor is not None),
        words=tuple((word.tag, word.text) for word in mission.words if word.language in (None, language)),
    )


def fill_blanks(data: dict[str, Any], wording: Wording) -> dict[str, Any]:
    """The tables of a lexicon with the blanks of every list filled, and the mission's own words in their classes."""
    filled = _fill(data, dict(wording.blanks), dict(wording.actors))
    tags = filled.setdefault("tags", {})
    for tag, text in wording.words:
        tags[tag] = [*tags.get(tag, ()), text]
    return dict(filled)


def _home_force(mission: Mission, kind: str) -> Actor | None:
    """The police or the army of the theatre: the first of the table."""
    return next((a for a in mission.actors if a.type == kind and a.country == mission.theatre), None)


def _senders(mission: Mission) -> list[Actor]:
    """Who leads the mission, or all who send people where nobody leads."""
    leaders = [actor for actor in mission.actors if "lead" in actor.roles]
    return leaders or [actor for actor in mission.actors if "contributor" in actor.roles and actor.type == "state"]


def _names(actors: Iterable[Actor], language: str, *forms: str) -> tuple[str, ...]:
    found = (
        name.text
        for actor in actors
        for name in actor.names
        if name.form in forms and name.language in (None, language)
    )
    return tuple(dict.fromkeys(found))


def _short(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name.isupper() and len(name) <= _LONGEST_SHORT_NAME)


def _fill(value: Any, blanks: dict[str, tuple[str, ...]], actors: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {
            key: actors.get(_BLANK.sub(r"\1", part)) if key == "actor" and "{" in part else _fill(part, blanks, actors)
            for key, part in value.items()
        }
    if isinstance(value, list):
        return [phrase for part in value for phrase in _fill_one(part, blanks, actors)]
    return value


def _fill_one(part: Any, blanks: dict[str, tuple[str, ...]], actors: dict[str, str]) -> Iterator[Any]:
    if not isinstance(part, str):
        yield _fill(part, blanks, actors)
        return
    if "{" not in part:
        yield part
        return
    choices = [blanks.get(name, ()) for name in _BLANK.findall(part)]
    pieces = _BLANK.split(part)[::2]
    for words in itertools.product(*choices):
        yield "".join(itertools.chain.from_iterable(itertools.zip_longest(pieces, words, fillvalue=""))).lower()
