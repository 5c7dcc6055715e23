"""Table -> two SVG drawings of one chart, for a wide and for a narrow screen, drawn by Vega-Lite.

The specs lie in specs/; nothing is fetched, and the page needs no script to show a chart.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import vl_convert
from markupsafe import Markup

_SPECS = Path(__file__).parent / "specs"
# Width of the page's column, and of a small phone without its margins, in pixels.
WIDTHS = {"wide": 920, "narrow": 340}
# Vega resolves a link within the page against the address of its own example data.
_BASE = re.compile(r'xlink:href="https://vega\.github\.io/vega-datasets/(#fact-[0-9a-f]+)"')
_FOREIGN = re.compile(r'(?:xlink:)?href="(?!#fact-[0-9a-f]+")[^"]*"')
_WHITE = re.compile(r'<rect width="[\d.]+" height="[\d.]+" fill="(?:white|transparent)"/>')
# How much of the frame the theatre takes; the rest is margin.
_FILLED = 0.92
_NUMBER = re.compile(r"(\d+\.\d{3})\d+")

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Drawing:
    """One chart at one width."""

    width: str
    svg: Markup


def draw_chart(name: str, rows: Sequence[Row], **datasets: Any) -> tuple[Drawing, ...]:
    """Draw specs/<name>.json with rows as its data `rows`; nothing where there are none.

    Args:
        datasets: further data by the names that the spec gives them, such as outlines.
    """
    if not rows:
        return ()
    data = {"rows": [_plain(row) for row in rows], **datasets}
    return tuple(Drawing(label, _draw(name, width, data)) for label, width in WIDTHS.items())


def _draw(name: str, width: int, data: Mapping[str, Any]) -> Markup:
    config = json.loads((_SPECS / "config.json").read_text(encoding="utf-8"))
    spec = _fit(json.loads((_SPECS / f"{name}.json").read_text(encoding="utf-8")), width)
    if "projection" in spec:
        spec["projection"] |= _fill_frame(data["bounds"], spec["width"], spec["height"])
    # An empty list of addresses: a spec cannot make the drawing ask for anything.
    svg = vl_convert.vegalite_to_svg({**spec, "config": config, "datasets": data}, allowed_base_urls=[])
    svg = _FOREIGN.sub("", _BASE.sub(r'href="\1" tabindex="-1"', svg))
    svg = _NUMBER.sub(r"\1", _WHITE.sub("", svg, count=1))
    # Vega escapes what it writes; a test feeds it hostile names.
    return Markup(svg)  # noqa: S704


def _fit(part: Any, width: int) -> Any:
    """Replace {"wide": ..., "narrow": ...} by the one that this width asks for."""
    if isinstance(part, dict):
        if set(part) == set(WIDTHS):
            return part["wide" if width == WIDTHS["wide"] else "narrow"]
        return {key: _fit(value, width) for key, value in part.items()}
    return [_fit(value, width) for value in part] if isinstance(part, list) else part


def _fill_frame(bounds: Sequence[float], width: float, height: float) -> dict[str, Any]:
    """Mercator's scale and centre that show the theatre whole; its neighbours run out of the frame."""
    west, south, east, north = bounds
    low, high = (math.asinh(math.tan(math.radians(latitude))) for latitude in (south, north))
    middle = math.degrees(math.atan(math.sinh((low + high) / 2)))
    scale = _FILLED * min(width / math.radians(east - west), height / (high - low))
    return {"scale": scale, "center": [(west + east) / 2, middle], "translate": [width / 2, height / 2]}


def _plain(row: Row) -> dict[str, Any]:
    return {key: _json_value(value) for key, value in row.items()}


def _json_value(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value
