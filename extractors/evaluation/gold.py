"""Folder of gold documents -> GoldDocuments: texts with the facts that a reader found in them.

docs/evaluation.md explains the keys of a fact; a missing key means that the text does not say.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from extractors.errors import MissionwireError
from extractors.records import Document

_EXAMPLE = '{"id": "1", "lang": "en", "published": "2025-12-09", "title": "...", "text": "...", "facts": [...]}'
_CONVENTIONAL = {"dead": "killed", "deaths": "killed", "wounded": "injured", "abducted": "kidnapped"}


class GoldError(MissionwireError):
    """A gold document cannot be used; says which, what is wrong, and what would be right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldFact:
    """One annotated fact; None where the text does not say.

    Args:
        actor: ISO 3166 alpha-3 of a state, or a short name (MSS, GSF, UN, gangs, HNP).
        quantity: in `unit`; `quantity_high` closes a range.
        when: a day, month or year in ISO form, or an interval "from/to".
        status: as in a claim; "cumulative" stands for done with a measure that is a total.
    """

    kind: str
    actor: str | None = None
    quantity: float | None = None
    quantity_high: float | None = None
    unit: str | None = None
    qualifier: str | None = None
    status: str | None = None
    when: str | None = None
    where: str | None = None
    person: str | None = None
    role: str | None = None
    note: str | None = None

    @property
    def harm(self) -> str | None:
        """The subkind of a casualty, which the gold keeps in the unit."""
        return _CONVENTIONAL.get(self.unit or "", self.unit)

    @property
    def is_total(self) -> bool:
        """True for what has added up, or stands at a moment, as apart from what one event brought."""
        return self.status == "cumulative"


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document and the facts that a reader found in it."""

    document: Document
    facts: tuple[GoldFact, ...]


def read_gold(folder: Path) -> tuple[GoldDocument, ...]:
    """All gold documents of a folder: the .json files whose names begin with a digit, in the order of their names.

    Raises:
        GoldError: there is none, or one cannot be read.
    """
    files = sorted(path for path in folder.glob("[0-9]*.json"))
    if not files:
        raise GoldError(f"{folder}: no gold documents; right would be files such as 001.json holding {_EXAMPLE}")
    return tuple(_read_one(file) for file in files)


def _read_one(file: Path) -> GoldDocument:
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
        published = stored.get("published")
        document = Document(
            str(stored["id"]),
            stored.get("title") or "",
            stored["text"],
            stored["lang"],
            date.fromisoformat(published[:10]) if published else None,
        )
        return GoldDocument(document, tuple(_read_fact(fact) for fact in stored["facts"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise GoldError(f"{file}: {type(error).__name__}: {error}; right would be {_EXAMPLE}") from error


def _read_fact(fact: dict[str, Any]) -> GoldFact:
    numbers = {name: float(fact[name]) for name in ("quantity", "quantity_high") if fact.get(name) is not None}
    return GoldFact(**{**fact, **numbers})
