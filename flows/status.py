"""Published snapshot -> what ran, what is late, what failed, and what to do about it."""

from __future__ import annotations

import sys
from typing import Any

from flows.settings import Settings, setting_origins
from flows.tables import write_rows, write_table
from warehouse.query import run_query
from warehouse.spool import waiting_spools
from warehouse.sql import read_query

# What a person can do about a feed in this state; the states are those of the view feed_health.
_ADVICE = {
    "late": "is a run due? 'missionwire run', or 'missionwire serve' for a schedule",
    "silent": "nothing new for longer than its habit: look at the site, the feed may have moved",
    "failing": "'missionwire feeds check' says what it answers now; docs/rejections.md explains the reasons",
    "gone": "the publisher took it down: look for its new address, then change the feed list",
    "paused": "take it out of the pause when you want it again",
}


def print_status(settings: Settings, options: dict[str, Any]) -> None:
    """Print settings in force, the last runs, feeds that need attention, rejections, and what waits."""
    out = sys.stdout
    out.write("Settings in force\n")
    origins = setting_origins(options)
    values = settings.model_dump()
    write_rows(("setting", "value", "from"), [(name, values[name], origins[name]) for name in origins], out)
    if not settings.contact:
        out.write("\nSet MISSIONWIRE_CONTACT, so that publishers can reach you.\n")
    waiting = waiting_spools(settings.spool_folder)
    if waiting:
        out.write(f"\n{len(waiting)} batches wait in {settings.spool_folder}; the next run loads them.\n")
    if not settings.published_file.exists():
        out.write(f"\nNothing is published in {settings.data} yet: 'missionwire run' makes a start.\n")
        return
    _section(settings, "Last runs", "report_last_runs")
    troubled = _section(settings, "Feeds that need attention", "report_troubled_feeds")
    for state in sorted({row[2] for row in troubled}):
        out.write(f"  {state}: {_ADVICE[state]}\n")
    _section(settings, "Not loaded, by reason (docs/rejections.md)", "report_rejections")


def _section(settings: Settings, title: str, query: str) -> list[tuple[Any, ...]]:
    table = run_query(settings.published_file, read_query(query))
    sys.stdout.write(f"\n{title}\n")
    if table.rows:
        write_table(table, sys.stdout)
    else:
        sys.stdout.write("none\n")
    return list(table.rows)
