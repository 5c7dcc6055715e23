"""examples.sql -> Examples: questions to begin with."""

from __future__ import annotations

import re
from dataclasses import dataclass

from warehouse.sql import data_file


@dataclass(frozen=True, slots=True)
class Example:
    """A question in words and in SQL."""

    question: str
    sql: str


def read_examples() -> tuple[Example, ...]:
    """Return the examples in the order of the file."""
    text = data_file("examples.sql").read_text(encoding="utf-8")
    return tuple(Example(*found) for found in re.findall(r"^-- ([^\n]+)\n(.*?);$", text, re.MULTILINE | re.DOTALL))
