"""Options -> a reextract, or what it would change: checked first, then done, then told on stdout."""

# ruff: noqa: PLC0415 - as in flows.jobs, the flow is imported after Prefect's environment is prepared

from __future__ import annotations

import sys
from datetime import datetime

from extractors.errors import SettingsError
from flows.jobs import prefect_for
from flows.missions import named_missions
from flows.reextract.difference import Totals, find_differences
from flows.reextract.telling import tell_differences, write_differences
from flows.settings import Settings
from warehouse.rereading import Days


def read_days(since: datetime | None, until: datetime | None) -> Days:
    """The days of publication that are wanted.

    Raises:
        SettingsError: they are in the wrong order.
    """
    days = Days(**{name: day.date() for name, day in (("since", since), ("until", until)) if day is not None})
    if days.since > days.until:
        raise SettingsError(
            f"--since {days.since} lies after --until {days.until}; right would be the earlier day first"
        )
    return days


def show_differences(settings: Settings, days: Days, *, kind: str | None, limit: int | None, as_json: bool) -> int:
    """Say what a reextract would change; 1 when a text could not be read.

    Raises:
        SettingsError: no mission asks for claims of that kind.
        WarehouseError: there is no snapshot yet.
    """
    kinds = sorted({wanted for mission in named_missions(settings) for wanted in mission.kinds})
    if kind is not None and kind not in kinds:
        raise SettingsError(f"--kind {kind}: there is no such kind; there are {', '.join(kinds)}")
    totals = Totals()
    differences = find_differences(settings, settings.published_file, days, kind=kind, totals=totals)
    tell = write_differences if as_json else tell_differences
    tell(differences, totals, limit=limit)
    return 1 if totals.failed_count else 0


def run_reextract(settings: Settings, days: Days, *, wait: bool) -> int:
    """Read the ledger again to the end, and say what came of it; 1 when a text could not be read."""
    with prefect_for(settings, wait=wait):
        from flows.reextract.flow import reextract

        tally = reextract(settings, days)
    sys.stdout.write(tally.summary() + "\n")
    return 1 if tally.failed_count else 0
