"""mission folders, other_missions.tsv -> OtherMissions: what tells that a sentence is about another mission's people.

Of the other folders only names are read: forces and armed groups that are called by a proper name, and the theatre. A
name that means something in this mission too ("multinational force") tells nothing and is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extractors.records import Actor, Name
from extractors.seed_actors import ACTOR_COLUMNS
from extractors.seed_fields import Fields
from extractors.seed_table import read_rows, read_toml

MISSION_KEYS = (
    "name", "title", "theatre", "started_on", "ended_on", "forces", "kinds", "capital", "adversary",
    "written_in", "shared_place_names",
)  # fmt: skip
MISSION_TABLES = ("term", "succession", "word")

_OTHER_COLUMNS = ("names", "language", "title")
# Those whose names give a mission away: everybody else may act in several.
_TELLING = ("force", "gang")
# "of", "al", "des": a proper name has no longer words in small letters.
_LONGEST_SMALL_WORD = 3


@dataclass(frozen=True, slots=True)
class OtherMissions:
    """The names of other missions, and the states they work in."""

    names: tuple[Name, ...] = ()
    theatres: tuple[str, ...] = ()


def read_others(folder: Path, actors: Iterable[Actor]) -> OtherMissions:
    """Read what is known of all missions but the one in `folder`.

    Args:
        folder: of the mission itself; the others lie beside it, and other_missions.tsv in the folder above them.
        actors: the mission's own, whose names stay theirs.
    """
    actors = tuple(actors)
    own = {name.text.casefold() for actor in actors for name in actor.names if actor.type != "state"}
    at_home = {actor.id for actor in actors if actor.roles}
    beside = [path for path in sorted(folder.resolve().parent.iterdir()) if _is_other(path, folder)]
    names = [*_listed(folder.resolve().parent.parent / "other_missions.tsv"), *(n for p in beside for n in _named(p))]
    theatres = dict.fromkeys(theatre for path in beside for theatre in _theatre(path) if theatre not in at_home)
    return OtherMissions(
        tuple(dict.fromkeys(name for name in names if name.text.casefold() not in own)), tuple(theatres)
    )


def _is_other(path: Path, folder: Path) -> bool:
    return path != folder.resolve() and (path / "mission.toml").is_file()


def _listed(file: Path) -> Iterator[Name]:
    """The plain list; a folder of seeds without one knows no other missions."""
    for row in read_rows(file, _OTHER_COLUMNS) if file.is_file() else ():
        language = row.language("language")
        yield from (Name(text, language, "name") for text in row.some_of("names", None, "name"))


def _named(folder: Path) -> Iterator[Name]:
    telling: set[str] = set()
    for row in read_rows(folder / "actors.tsv", ACTOR_COLUMNS):
        actor = row.text("id")
        if row.values.get("type") in _TELLING:
            telling.add(actor)
        if actor in telling:
            yield from _proper_names(row)


def _proper_names(row: Fields) -> Iterator[Name]:
    language = row.language("language")
    for text in row.texts("names"):
        if text.lower() != text and all(map(_is_proper, text.split())):
            yield Name(text, language, "name")


def _is_proper(word: str) -> bool:
    return len(word) <= _LONGEST_SMALL_WORD or word.lower() != word


def _theatre(folder: Path) -> Iterator[str]:
    top, _ = read_toml(folder / "mission.toml", keys=MISSION_KEYS, tables=MISSION_TABLES)
    theatre = top.country("theatre")
    if theatre is not None:
        yield theatre
