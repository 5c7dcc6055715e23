"""Answer -> Part: one chart of the page with its numbers as a table, its SQL, and what was left out of it."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.reporting.charts import Drawing, draw_chart
from flows.reporting.words import say, say_short
from warehouse.picture import Answer

# Of a long series the newest rows: more dots than these nobody can tell apart, and each is drawn twice.
_ROWS = 400
# Bands of contributors, and names on the map.
_BANDS = 12
_NAMES = 8
# On the map, as parts of the theatre: how far kinds stand from their place, what a name takes up and down, and across.
_RING = 0.022
_LINE = 0.06
_NAME = 0.3

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """One question with its answer: drawings (none where there is nothing to draw), rows, and the SQL itself."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    total: int
    sql: str
    drawings: tuple[Drawing, ...] = ()


def rows_of(answer: Answer) -> list[Row]:
    """The rows of an answer, by column."""
    return [dict(zip(answer.table.columns, row, strict=True)) for row in answer.table.rows]


def make_part(name: str, answer: Answer, drawings: tuple[Drawing, ...] = ()) -> Part:
    """A question with the numbers that are shown of it."""
    table = answer.table
    return Part(name, table.columns, table.rows[:_ROWS], len(table.rows), answer.sql, drawings)


def draw_parts(picture: Mapping[str, Answer], facts: Collection[str], outline: Path | None) -> dict[str, Part]:
    """Every question by name, those with a chart drawn.

    Args:
        facts: ids of the facts that the page opens; only these are linked.
        outline: the mission's map; without it places stand in their table alone.
    """
    drawn: dict[str, tuple[Drawing, ...]] = {}
    for name, prepare in _PREPARED.items():
        rows = [_linked(row, facts) for row in rows_of(picture[name])[:_ROWS]]
        drawn[name] = draw_chart(name, prepare(rows))
    places = [_linked(row, facts) for row in rows_of(picture["places"])[:_ROWS]]
    drawn["places"] = draw_map([_said(row, "place", "kind", "facts") for row in places], outline)
    return {name: make_part(name, answer, drawn.get(name, ())) for name, answer in picture.items()}


def _linked(row: Row, facts: Collection[str]) -> Row:
    return {**row, "href": f"#fact-{row['fact_id']}"} if row.get("fact_id") in facts else row


def _said(row: Row, *names: str) -> Row:
    return {**row, "say": "; ".join(f"{name.replace('_', ' ')}: {say(row[name])}" for name in names if row[name])}


def _strength(rows: Sequence[Row]) -> list[Row]:
    levels: dict[str, list[Row]] = {}
    for row in rows:
        levels.setdefault(row["contributor"], []).append(row)
    largest = sorted(levels.values(), key=lambda level: -max(row["people"] for row in level))[:_BANDS]
    # Few figures are all named; of many the newest and the highest.
    return [
        {**_said(row, "contributor", "day", "people", "qualifier", "voices"), "is_labelled": is_labelled}
        for level in largest
        for row, is_labelled in zip(level, _labelled(level), strict=True)
    ]


def _labelled(level: Sequence[Row]) -> list[bool]:
    peak = max(row["people"] for row in level)
    return [len(level) <= 4 or number == 0 or row["people"] == peak for number, row in enumerate(level)]


def _promises(rows: Sequence[Row]) -> list[Row]:
    return [
        {
            **_said(row, "contributor", "pledged", "delivered", "status", "voices"),
            "longest": max(row["pledged"] or 0, row["delivered"] or 0),
            "label": f"{say(row['delivered'])} of {say(row['pledged']) or 'an unnamed number'}",
        }
        for row in rows[:25]
    ]


def _money(rows: Sequence[Row]) -> list[Row]:
    return [
        {
            **_said(row, "contributor", "currency", "pledged", "paid", "status", "voices"),
            "longest": max(row["pledged"] or 0, row["paid"] or 0),
            "label": _paid_of(row),
            "order": number,
        }
        for number, row in enumerate(rows[:40])
    ]


def _paid_of(row: Row) -> str:
    if row["pledged"] is None:
        return f"{say_short(row['paid'] or 0)} paid"
    return f"{say_short(row['paid'] or 0)} of {say_short(row['pledged'])}"


def _casualties(rows: Sequence[Row]) -> list[Row]:
    return [
        _said(row, "published_at", "harm", "people", "qualifier", "place", "from_day", "to_day", "outlet")
        for row in rows
    ]


def _displacement(rows: Sequence[Row]) -> list[Row]:
    known: dict[str, int] = {}
    for row in rows:
        known[row["place"]] = max(known.get(row["place"], 0), row["people"])
    named = sorted(known, key=lambda place: -known[place])[:7]
    newest = {row["place"]: row for row in reversed(rows)}
    return [
        _said(row, "published_at", "people", "qualifier", "place", "as_of", "outlet")
        | {"is_labelled": row is newest[row["place"]] and row["place"] in named}
        | ({} if row["place"] in named else {"place": "elsewhere"})
        for row in rows
    ]


def _coverage(rows: Sequence[Row]) -> list[Row]:
    return [_said(row, "day", "originals", "copies", "rejected") for row in rows]


_PREPARED = {
    "strength": _strength,
    "promises": _promises,
    "money": _money,
    "casualties": _casualties,
    "displacement": _displacement,
    "coverage": _coverage,
}


def draw_map(rows: Sequence[Row], outline: Path | None) -> tuple[Drawing, ...]:
    """Draw places with their facts over the lands and borders of a mission's outline; nothing without one."""
    if outline is None or not outline.exists():
        return ()
    features = json.loads(outline.read_text(encoding="utf-8"))["features"]
    borders = [each for each in features if each["geometry"]["type"] == "MultiLineString"]
    lands = [each for each in features if each not in borders]
    shapes = [
        {**each, "theatre": "yes" if each["properties"]["theatre"] else "no", "name": each["properties"]["name"]}
        for each in lands
    ]
    bounds = _bounds(each["geometry"]["coordinates"] for each in lands if each["properties"]["theatre"])
    named = {row["place"]: row for row in reversed(rows)}
    busiest = sorted(named.values(), key=lambda row: -row["facts"])
    return draw_chart(
        "places",
        _spread(rows, bounds),
        outline=shapes,
        borders=borders,
        names=_apart(busiest, bounds),
        bounds=bounds,
    )


def _bounds(shapes: Iterable[Any]) -> tuple[float, float, float, float]:
    """West, south, east and north of polygons."""
    points = [point for polygons in shapes for rings in polygons for ring in rings for point in ring]
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return min(xs), min(ys), max(xs), max(ys)


def _spread(rows: Sequence[Row], bounds: Sequence[float]) -> list[Row]:
    """Rows whose places have several kinds, set around their point, so that none hides another."""
    radius = _RING * max(bounds[2] - bounds[0], bounds[3] - bounds[1])
    at: dict[str, list[Row]] = {}
    for row in rows:
        at.setdefault(row["place"], []).append(row)
    return [
        {
            **row,
            "longitude": row["longitude"] + (radius * math.cos(2 * math.pi * number / len(kinds)) if kinds[1:] else 0),
            "latitude": row["latitude"] + (radius * math.sin(2 * math.pi * number / len(kinds)) if kinds[1:] else 0),
        }
        for kinds in at.values()
        for number, row in enumerate(kinds)
    ]


def _apart(rows: Sequence[Row], bounds: Sequence[float]) -> list[Row]:
    """The busiest places whose names do not run into each other."""
    height = _LINE * (bounds[3] - bounds[1])
    width = _NAME * (bounds[2] - bounds[0])
    kept: list[Row] = []
    for row in rows:
        near = (
            abs(row["latitude"] - other["latitude"]) < height and abs(row["longitude"] - other["longitude"]) < width
            for other in kept
        )
        if not any(near):
            kept.append({name: row[name] for name in ("place", "latitude", "longitude")})
    return kept[:_NAMES]
