"""uncounted: to come."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.facts.context import Context
from extractors.facts.drafts import Draft


def read_uncounted(context: Context) -> Iterator[Draft]:
    """Nothing yet."""
    del context
    return iter(())
