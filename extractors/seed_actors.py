"""states.tsv, actors.tsv -> Actors: the states of the world and everybody else who acts in one mission."""

from __future__ import annotations

import re
from pathlib import Path

from extractors.records import Actor, Name
from extractors.seed_fields import Fields
from extractors.seed_table import read_rows

ACTOR_TYPES = (
    "state", "force", "police", "army", "government", "un", "ngo", "gang", "media", "court", "regional", "other",
)  # fmt: skip

_STATE_COLUMNS = ("iso3", "language", "names", "adjectives", "metonyms")
ACTOR_COLUMNS = ("id", "type", "country", "roles", "language", "names", "adjectives", "metonyms", "source")
_ROLE = re.compile(r"[a-z]+(_[a-z]+)*")

Names = dict[str, list[Name]]


def read_states(file: Path) -> Names:
    """Names of each state, by ISO 3166 alpha-3."""
    states: Names = {}
    for row in read_rows(file, _STATE_COLUMNS):
        state = row.need("iso3", row.country("iso3"))
        row.text("names")
        states.setdefault(state, []).extend(_read_names(row))
    return states


def _read_names(row: Fields) -> list[Name]:
    language = row.language("language")
    return [
        *(Name(text, language, "name") for text in row.texts("names")),
        *(Name(text, language, "adjective") for text in row.texts("adjectives")),
        *(Name(text, language, "metonym") for text in row.texts("metonyms")),
    ]


def read_actors(file: Path, states: Names) -> tuple[Actor, ...]:
    """The mission's own actors, then all other states; several rows of one id are one actor."""
    first: dict[str, Fields] = {}
    names: Names = {}
    for row in read_rows(file, ACTOR_COLUMNS):
        actor = row.text("id")
        if actor in first:
            _refuse_change(row, first[actor])
        elif actor not in states:
            row.need("type", row.one_of("type", ACTOR_TYPES, "type of actor"))
            row.text("names")
        first.setdefault(actor, row)
        names.setdefault(actor, list(states.get(actor, ()))).extend(_read_names(row))
    own = [_make_actor(actor, row, names[actor], is_state=actor in states) for actor, row in first.items()]
    rest = [Actor(state, "state", tuple(texts), country=state) for state, texts in states.items() if state not in first]
    return (*own, *rest)


def _refuse_change(row: Fields, first: Fields) -> None:
    for column in ("type", "country", "roles"):
        if column in row.values and row.values[column] != first.values.get(column):
            raise row.error(
                column,
                f"{column} {row.values[column]!r} of {row.values['id']} differs from line {first.line}",
                "Give type, country and roles on the first row of an id; two actors need two ids",
            )


def _make_actor(actor: str, row: Fields, names: list[Name], *, is_state: bool) -> Actor:
    kind = row.one_of("type", ACTOR_TYPES, "type of actor") or "state"
    if (kind == "state") is not is_state:
        raise row.error(
            "type",
            f"type {kind!r} of {actor} is wrong",
            "A state has the type state and its id in states.tsv; give others another type",
        )
    roles = row.texts("roles")
    for role in roles:
        if not _ROLE.fullmatch(role):
            raise row.error("roles", f"role {role!r} is no plain word", "Write it small, as contributor|donor")
    return Actor(actor, kind, tuple(names), country=actor if is_state else row.country("country"), roles=roles)
