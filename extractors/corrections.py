"""corrections.tsv -> Corrections: what people say of claims, each with the line that it stands on.

The file names claims by their ids; whether they are in the ledger is for the warehouse to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from extractors.seed_fields import Fields
from extractors.seed_table import read_rows, read_text
from extractors.whole_files import written_whole

COLUMNS = ("action", "claim", "other", "slot", "value", "note", "by", "on")
ACTIONS = ("reject", "confirm", "correct", "merge", "apart")
# Of two claims each; the others are of one.
RULINGS = frozenset({"merge", "apart"})
# What is written where a slot should hold nothing.
NOTHING = "-"

# The first 32 bits of a SHA-256: among a million claims, one prefix in a thousand is met twice, and is then refused.
_CLAIM_ID = re.compile(r"[0-9a-f]{8,64}")
_CURRENCY = re.compile(r"[A-Z]{3}")
# Numbers in the ledger are DECIMAL(18, 3).
_LARGEST, _FINEST = Decimal(10) ** 15, Decimal("0.001")

_CHOICES = {
    "qualifier": "exact about at_least more_than nearly up_to fewer_than between vague",
    "measure": "flow stock cumulative ceiling requirement share",
    "status": "done planned pledged requested needed unfulfilled denied alleged conditional",
    "source_type": "government mission un ngo police gang media witness anonymous",
}
_NUMBERS = ("value_low", "value_best", "value_high")
_DAYS = ("event_start", "event_end", "as_of")
_TEXTS = ("subkind", "unit", "unit_class", "actor", "target", "person", "role", "place_id", "source")
# `value` stands for the three bounds of an exact number.
SLOTS = ("value", *_NUMBERS, "currency", *_CHOICES, *_DAYS, *_TEXTS)
# No claim is without them.
_NEVER_EMPTY = ("value", "status")


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of the file.

    Args:
        claim, other: a claim's id, or as much of its beginning as tells it from all others; `other` of rulings only.
        slots: what the slots hold according to this line, as text; None for nothing. Of `correct` only.
        on: the day on which it was decided.
    """

    line: int
    action: str
    claim: str
    other: str | None = None
    slots: dict[str, str | None] = field(default_factory=dict)
    note: str | None = None
    by: str | None = None
    on: date | None = None


def read_corrections(file: Path) -> tuple[Correction, ...]:
    """All lines of the file; none where it does not exist.

    Raises:
        SeedError: a line is wrong; says file, line, value and what would be right.
    """
    return tuple(map(_correction, read_rows(file, COLUMNS))) if file.exists() else ()


def append_correction(file: Path, cells: Mapping[str, str]) -> int:
    """Add a line to the file, under the columns as they stand there, and return its number; what was there stays."""
    text = read_text(file) if file.exists() else "\t".join(COLUMNS) + "\n"
    if text and not text.endswith("\n"):
        text += "\n"
    header = next(line for line in text.split("\n") if line.strip() and not line.startswith("#"))
    row = (" ".join(cells.get(column.strip(), "").split()) for column in header.rstrip("\r").split("\t"))
    # In place of the file as a whole, so that a full disk takes nothing away.
    with written_whole(file) as half:
        half.write_text(text + "\t".join(row) + "\n", encoding="utf-8", newline="")
    return text.count("\n") + 1


def _correction(row: Fields) -> Correction:
    action = row.need("action", row.one_of("action", ACTIONS, "action"))
    _check_cells(row, action)
    return Correction(
        line=row.line,
        action=action,
        claim=_claim_id(row, "claim"),
        other=_claim_id(row, "other") if action in RULINGS else None,
        slots=_slots(row) if action == "correct" else {},
        note=row.text_or_none("note"),
        by=row.text_or_none("by"),
        on=row.day("on"),
    )


def _check_cells(row: Fields, action: str) -> None:
    """Refuse a cell that this action has no use for: it was meant for another action."""
    used = {"other"} if action in RULINGS else {"slot", "value"} if action == "correct" else set()
    for column in ("other", "slot", "value"):
        if column in row.values and column not in used:
            raise row.error(column, f"{column} is filled, but {action} has no use for it", f"Leave {column} empty")
    if action in RULINGS and row.values.get("claim") == row.values.get("other"):
        raise row.error("other", "claim and other are the same", "Name two claims")


def _claim_id(row: Fields, column: str) -> str:
    value = row.text(column)
    if not _CLAIM_ID.fullmatch(value):
        raise row.error(
            column, f"{column} {value!r} is no claim_id", "Write the id, or at least the first 8 of its characters"
        )
    return value


def _slots(row: Fields) -> dict[str, str | None]:
    slot = row.need("slot", row.one_of("slot", SLOTS, "slot that can be corrected"))
    value = row.text("value")
    if value == NOTHING:
        if slot in _NEVER_EMPTY:
            raise row.error("value", f"{slot} cannot be empty", "Reject the claim if it says nothing of the kind")
        return {slot: None}
    checked = _check(row, slot, value)
    if slot == "value":
        return {**dict.fromkeys(_NUMBERS, checked), "qualifier": "exact"}
    return {slot: checked}


def _check(row: Fields, slot: str, value: str) -> str:
    """The value in the form that the ledger has it in."""
    if slot in _CHOICES:
        return row.need("value", row.one_of("value", _CHOICES[slot].split(), slot))
    check = _CHECKS.get(slot)
    if check is None:
        return value
    return check(row, value)


def _check_number(row: Fields, value: str) -> str:
    try:
        number = Decimal(value)
        is_right = 0 <= number < _LARGEST and number == number.quantize(_FINEST)
    except InvalidOperation:
        is_right = False
    if not is_right:
        remedy = "Write it with a point and no more than three digits after it, as 1550 or 2.5"
        raise row.error("value", f"value {value!r} is no number from 0 to 10^15", remedy)
    return format(number, "f")


def _check_day(row: Fields, _: str) -> str:
    day = row.day("value")
    assert day is not None
    return day.isoformat()


def _check_currency(row: Fields, value: str) -> str:
    if not _CURRENCY.fullmatch(value):
        raise row.error("value", f"value {value!r} is no ISO 4217 code", "Write three capital letters, as USD")
    return value


_CHECKS: dict[str, Callable[[Fields, str], str]] = {
    **dict.fromkeys(("value", *_NUMBERS), _check_number),
    **dict.fromkeys(_DAYS, _check_day),
    "currency": _check_currency,
}
