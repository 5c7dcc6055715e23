"""Exception that nobody foresaw -> one line: what it is, and where in our code it arose."""

from __future__ import annotations

import traceback
from pathlib import Path


def explain_fault(error: Exception) -> str:
    """The error's kind, message, file and line."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno})"
