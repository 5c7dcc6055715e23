"""Differences -> what a person reads, or JSON Lines; the counts come first, so what is told waits in a file."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable
from tempfile import TemporaryFile
from typing import Any, TextIO

from extractors.claim_changes import Change
from extractors.records import Claim
from flows.documents import claim_row
from flows.progress import log
from flows.reextract.difference import Difference, Totals
from flows.tables import write_rows

_SIGNS = {"added": "+", "removed": "-", "changed": "~"}
_HOWS = ("added", "removed", "changed", "same")
# What tells one claim from another at a glance; --json has all of it.
_SHOWN = ("subkind", "measure", "original_value", "unit", "currency", "actor", "target", "person", "role", "status",
          "event_start", "place")  # fmt: skip


def tell_differences(differences: Iterable[Difference], totals: Totals, *, limit: int | None) -> None:
    """A table of counts, then the differences, each with its sentence and where it stands."""
    with TemporaryFile("w+", encoding="utf-8", errors="replace") as waiting:
        for number, difference in enumerate(differences):
            if limit is None or number < limit:
                waiting.write(_paragraph(difference))
        waiting.seek(0)
        tell_totals(totals, sys.stdout)
        shutil.copyfileobj(waiting, sys.stdout)
    sys.stdout.flush()


def write_differences(differences: Iterable[Difference], totals: Totals, *, limit: int | None) -> None:
    """One JSON object a line for each difference, as they are found; the counts go to stderr."""
    for number, difference in enumerate(differences):
        if limit is None or number < limit:
            sys.stdout.write(json.dumps(_object(difference), ensure_ascii=False, default=str) + "\n")
    sys.stdout.flush()
    tell_totals(totals, sys.stderr)


def tell_totals(totals: Totals, stream: TextIO) -> None:
    """Counts by kind, and how many texts came to be about a mission or ceased to be."""
    kinds = sorted({kind for kind, _ in totals.claims})
    rows = [(kind, *(totals.claims[kind, how] for how in _HOWS)) for kind in kinds]
    rows.append(("total", *(sum(totals.claims[kind, how] for kind in kinds) for how in _HOWS)))
    write_rows(("kind", *_HOWS), rows, stream)
    stream.write(f"{totals.text_count:,} texts compared; nothing was written\n")
    stream.writelines(
        f"{count:,} texts {'are now' if how == 'added' else 'are no longer'} about {mission}\n"
        for (mission, how), count in sorted(totals.missions.items())
    )
    if not any(count for (_, how), count in totals.claims.items() if how != "same") and not totals.missions:
        stream.write("today's extractors read the same\n")
    if totals.failed_count:
        log.warning("%d texts could not be read", totals.failed_count)


def _paragraph(difference: Difference) -> str:
    change, text = difference.change, difference.text
    day = f"{text.published_at:%Y-%m-%d}" if text.published_at else "undated"
    wording = f", revision {text.revision}" if text.revision > 1 else ""
    return (
        f"\n{_SIGNS[change.how]} {change.claim.kind}: {_said(change)}\n"
        f"  {' '.join(change.claim.sentence.split())}\n"
        f"  {text.outlet or 'unknown outlet'}, {day}{wording}, {text.url}\n"
    )


def _said(change: Change) -> str:
    if change.how == "changed":
        return "; ".join(f"{name} {_shown(before)} -> {_shown(after)}" for name, before, after in change.slots)
    return ", ".join(f"{name} {value}" for name in _SHOWN if (value := getattr(change.claim, name)) is not None)


def _shown(value: Any) -> str:
    return "nothing" if value is None else str(value)


def _object(difference: Difference) -> dict[str, Any]:
    change, text = difference.change, difference.text
    return {
        "change": change.how,
        "kind": change.claim.kind,
        "mission": change.claim.mission,
        "slots": {name: {"before": before, "after": after} for name, before, after in change.slots},
        "sentence": change.claim.sentence,
        "outlet": text.outlet,
        "url": text.url,
        "title": text.text.title,
        "published_at": text.published_at.isoformat() if text.published_at else None,
        "revision": text.revision,
        "before": _claim(change.before),
        "after": _claim(change.after),
    }


def _claim(claim: Claim | None) -> dict[str, Any] | None:
    return None if claim is None else claim_row(claim)
