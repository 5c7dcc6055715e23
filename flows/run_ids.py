"""Moment -> id of a run, and back."""

from __future__ import annotations

from datetime import UTC, datetime

_TIME = "%Y%m%dT%H%M%SZ"


def new_run_id(now: datetime, begun_ns: int) -> str:
    """An id that sorts by the run's clock, and where that was set to the same moment twice by the machine's.

    Args:
        begun_ns: the machine's clock, in nanoseconds since 1970.
    """
    return f"{now:{_TIME}}-{begun_ns // 1000:x}"


def run_began(run_id: str) -> datetime | None:
    """When the run of an id began, to the second; None for an id of another make."""
    try:
        return datetime.strptime(run_id.partition("-")[0], _TIME).replace(tzinfo=UTC)
    except ValueError:
        return None
