"""Rule -> confidence: how often its claims were right on gold documents that it was not mended with.

`confidence.tsv` is measured (`make confidence`), never set by hand. A rule that was seen too rarely to say has the
confidence of its kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Protocol

FILE = Path(__file__).with_name("confidence.tsv")
# Below it a share says more of chance than of the rule.
_FEWEST = 8


class Counts(Protocol):
    """Claims made, and those that agree with a gold fact in kind, value, actor and status."""

    made: int
    hits: int


def write_confidence(counts: Mapping[str, Counts]) -> str:
    """The table for rules and kinds seen often enough: name, claims made, claims right, confidence.

    The share is smoothed as if one right and one wrong claim had been seen before (Laplace's rule of succession).
    """
    rows = [
        f"{name}\t{count.made}\t{count.hits}\t{(count.hits + 1) / (count.made + 2):.3f}"
        for name, count in sorted(counts.items())
        if count.made >= _FEWEST
    ]
    return "\n".join(["rule\tmade\tright\tconfidence", *rows, ""])


@cache
def read_confidence() -> dict[str, float]:
    """Confidence by rule and by kind; empty where nothing was measured yet."""
    if not FILE.exists():
        return {}
    rows = (line.split("\t") for line in FILE.read_text(encoding="utf-8").splitlines()[1:])
    return {row[0]: float(row[3]) for row in rows}


def confidence_of(rule: str, kind: str) -> float | None:
    """The confidence of a rule, else that of its kind; None where neither was measured."""
    known = read_confidence()
    return known.get(rule, known.get(kind))
