"""The records of what one phrase may mean in a language."""

from __future__ import annotations

from dataclasses import dataclass

# Groups of units that are no people.
THINGS = frozenset(["money", "percent", "equipment"])


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
