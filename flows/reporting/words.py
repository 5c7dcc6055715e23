"""Value -> words on the page: numbers with their thousands parted, days, what a fact says in one line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

Row = Mapping[str, Any]

_BOUNDS = {
    "about": "about ",
    "at_least": "at least ",
    "fewer_than": "fewer than ",
    "more_than": "more than ",
    "nearly": "nearly ",
    "up_to": "up to ",
    # Dozens are twelve at least, hundreds a hundred.
    "vague": "at least ",
}
_DONE = {
    "deployment": "arrived or sent",
    "pledge": "pledged",
    "strength": "there",
    "withdrawal": "left",
    "funding": "paid",
    "displacement": "displaced",
    "need": "in need",
    "statement": "said",
}
_SUBKINDS = {
    "authorise": "authorised",
    "extend": "extended",
    "terminate": "ended",
    "transition": "turned into another",
    "holds": "holds the post",
    "former": "held the post",
}
_PEOPLE = {
    "child": ("child", "children"),
    "civilian": ("civilian", "civilians"),
    "gang": ("gang member", "gang members"),
    "woman": ("woman", "women"),
}
# What the target is to a fact; elsewhere it is the one to whom something goes.
_TARGETS = {"casualty": "by", "control": "by", "mandate": "for"}


def say(value: object) -> str:
    """A value as people read it; nothing where it is not known."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float | Decimal):
        return (
            f"{value:,.10g}"
            if isinstance(value, float)
            else f"{value:,f}"
            if isinstance(value, Decimal)
            else f"{value:,}"
        )
    if isinstance(value, datetime):
        return f"{value.day} {value:%b %Y, %H:%M}"
    if isinstance(value, date):
        return f"{value.day} {value:%b %Y}"
    return str(value)


def say_short(value: Any) -> str:
    """A large sum in a few letters: 97,000,000 is 97 m."""
    for size, letter in ((10**9, "bn"), (10**6, "m"), (10**3, "k")):
        if abs(value) >= size:
            return f"{float(value) / size:,.4g}\N{NO-BREAK SPACE}{letter}"
    return say(value)


def say_amount(row: Row) -> str:
    """The figure of a fact or a claim with its bounds, unit and currency."""
    low, best, high = (row.get(f"value_{name}") for name in ("low", "best", "high"))
    figure = best if best is not None else low if low is not None else high
    if figure is None:
        return ""
    # The unit of money is its currency.
    unit = "" if row.get("currency") else _unit(row.get("unit"), figure)
    is_range = best is None and low is not None and high is not None and low != high
    bound = "" if is_range else _BOUNDS.get(row.get("qualifier") or "", "")
    said = f"{say(low)} to {say(high)}" if is_range else say(figure)
    return bound + " ".join(part for part in (row.get("currency"), said, unit) if part)


def say_days(row: Row) -> str:
    """The day or days of an event, or the day that a level holds for."""
    start, end = row.get("event_start"), row.get("event_end")
    if start and end and start != end:
        return f"{say(start)} to {say(end)}"
    return say(start or row.get("as_of"))


def headline(row: Row) -> str:
    """What a fact says, in one line: who, how many, what became of it, whom or where."""
    parts = [
        row.get("actor"),
        row.get("person"),
        row.get("role"),
        " ".join(part for part in (say_amount(row), _what(row)) if part),
        f"{_TARGETS.get(row['kind'], 'to')} {row['target']}" if row.get("target") else "",
        row.get("place"),
    ]
    return " · ".join(dict.fromkeys(part for part in parts if part)) or row["kind"]


def _what(row: Row) -> str:
    """What became of it, and whether that is told as done: "killed, alleged", "there", "planned"."""
    subkind, status = row.get("subkind"), row.get("status")
    what = _SUBKINDS.get(subkind, subkind.replace("_", " ")) if subkind else _DONE.get(row["kind"], "")
    if status in ("done", None) or (row["kind"], status) == ("need", "needed"):
        return what
    is_in_doubt = subkind or status in ("denied", "alleged", "conditional")
    return ", ".join(part for part in (what, status) if part) if is_in_doubt else str(status)


def _unit(unit: str | None, figure: Any) -> str:
    if unit in (None, "person", "money"):
        return "people" if unit == "person" else ""
    if unit == "percent":
        return "per cent"
    if unit in _PEOPLE:
        return _PEOPLE[unit][figure != 1]
    return f"{unit}s" if unit in ("soldier", "household", "vehicle", "case") and figure != 1 else str(unit)
