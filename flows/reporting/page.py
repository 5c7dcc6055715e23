"""Picture of a mission -> one page: it stands in a file of its own and asks for nothing outside of itself.

Whatever comes off the web is escaped, and only http and https become links.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from flows.reporting.parts import Row, draw_parts, rows_of
from flows.reporting.words import headline, say, say_amount, say_days, say_short
from warehouse.picture import Answer

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Subject:
    """The mission that a page is about: its folder's name, its title, and the map that lies there."""

    name: str
    title: str
    outline: Path | None


def render_report(picture: Mapping[str, Answer], subject: Subject, *, published_at: datetime) -> str:
    """The page as HTML.

    Args:
        published_at: when the snapshot was put in place.
    """
    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"say": say, "short": say_short, "link": safe_link}
    script = (_HERE / "report.js").read_text(encoding="utf-8")
    facts = _facts(picture)
    return environment.get_template("report.html.j2").render(
        subject=subject,
        about=rows_of(picture["about"])[0],
        published_at=published_at,
        figures={row["figure"]: row for row in rows_of(picture["figures"])},
        parts=draw_parts(picture, {fact["fact_id"] for fact in facts}, subject.outline),
        facts=facts,
        fact_ids={fact["fact_id"] for fact in facts},
        choices={name: sorted({fact[name] for fact in facts if fact[name]}) for name in ("kind", "actor", "place")},
        disputes=_disputes(picture),
        style=Markup(environment.get_template("report.css").render()),  # noqa: S704 - a file of ours
        script=Markup(script),  # noqa: S704 - a file of ours
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


def safe_link(url: str | None) -> str:
    """A URL that may become a link, or nothing: javascript: and its like never do."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    return url or "" if parts.scheme.lower() in ("http", "https") and parts.netloc else ""


def _facts(picture: Mapping[str, Answer]) -> list[Row]:
    """The newest facts, each with the first sentences that told it."""
    told: dict[str, list[Row]] = {}
    for sentence in rows_of(picture["sentences"]):
        told.setdefault(sentence["fact_id"], []).append(sentence)
    return [
        {**fact, "headline": headline(fact), "days": say_days(fact), "told": told.get(fact["fact_id"], [])}
        for fact in rows_of(picture["newest_facts"])
    ]


def _disputes(picture: Mapping[str, Answer]) -> list[dict[str, Any]]:
    """Contested facts, each with its voices side by side."""
    return [
        {"fact_id": fact_id, "about": (rows := list(words))[0] | {"days": say_days(rows[0])}, "voices": _words(rows)}
        for fact_id, words in groupby(rows_of(picture["disputes"]), key=lambda row: row["fact_id"])
    ]


def _words(rows: list[Row]) -> list[Row]:
    return [{**row, "amount": "denies it" if row["is_denial"] else say_amount(row) or "says so"} for row in rows]
