"""Data folder and snapshot -> what ran, what is late, what failed, and what to do about it.

For people as tables, for programs as one JSON object. It only tells: whatever it finds, the exit code is 0.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from datetime import datetime, timedelta
from typing import Any

from flows.condition import Condition, count_states, measure_archive, read_condition, read_feed_health
from flows.correcting import list_correction_matters
from flows.reporting.publishing import undrawn_mark
from flows.settings import Settings, setting_origins
from flows.tables import write_rows, write_table
from warehouse.query import Table, run_query
from warehouse.sql import read_query

# What a person can do about a feed in this state; the states are those of the view feed_health.
ADVICE = {
    "late": "was due and not asked: 'missionwire run' asks it now, 'missionwire serve' or a timer keeps a schedule",
    "silent": "nothing new for longer than its habit: look at the site, the feed may have moved",
    "drying": "much less comes of it than usual: look at the feed and at one of its pages in a browser",
    "failing": "'missionwire feeds check' says what it answers now; docs/rejections.md explains the reasons",
    "gone": "the publisher took it down: look for its new address, then change the feed list",
    "paused": "not asked; 'missionwire feeds pause --resume NAME' asks it again",
}
_USUAL_INTERVAL_SECONDS = 1800.0
# A schedule that has missed two of its own intervals, and an hour, is not merely busy.
_MISSED = 2
_PATIENCE = timedelta(hours=1)
# Without a schedule of ours, cron or a timer runs it: a day without any run wants a look.
_LONG_WITHOUT = timedelta(days=1)

# Matter, how it stands, what to do about it (empty: nothing).
Line = tuple[str, str, str]


def print_status(settings: Settings, options: dict[str, Any], *, as_json: bool = False) -> None:
    """Print how the data folder stands, the last runs, feeds that need attention, rejections, settings in force."""
    condition, health = read_condition(settings), read_feed_health(settings)
    tables = {name: _ask(settings, f"report_{name}") for name in ("last_runs", "rejections")}
    lines = list_matters(settings, condition, tables["last_runs"])
    if as_json:
        _print_json(settings, options, condition, health, tables, lines)
        return
    out = sys.stdout
    out.write("Settings in force\n")
    origins, values = setting_origins(options), settings.model_dump()
    write_rows(("setting", "value", "from"), [(name, values[name], origins[name]) for name in origins], out)
    if not settings.contact:
        out.write("\nSet MISSIONWIRE_CONTACT, so that publishers can reach you.\n")
    out.write("\nHow it stands\n")
    write_rows(("matter", "state", "what to do"), lines, out)
    if not settings.published_file.exists():
        out.write(f"\nNothing is published in {settings.data} yet: 'missionwire run' makes a start.\n")
        return
    _section("Last runs", tables["last_runs"])
    _print_feeds(health)
    _section("Not loaded, by reason (docs/rejections.md)", tables["rejections"])


def list_matters(settings: Settings, condition: Condition, runs: Table) -> list[Line]:
    """One line for each matter that a person who runs this should know of."""
    last = dict(zip(runs.columns, runs.rows[0], strict=True)) if runs.rows else None
    return [
        _schedule_line(condition, _since_last_asking(settings)),
        _last_run_line(condition, last),
        _waiting_line(settings, condition),
        _snapshot_line(settings, condition),
        _picture_line(settings),
        _disk_line(condition),
        _archive_line(settings, condition),
        *list_correction_matters(settings),
    ]


def _since_last_asking(settings: Settings) -> timedelta | None:
    rows = _ask(settings, "report_last_asking").rows
    return settings.clock() - rows[0][0] if rows and rows[0][0] else None


def _schedule_line(condition: Condition, pause: timedelta | None) -> Line:
    ago = f"last run {_ago(pause)} ago" if pause is not None else "no run yet"
    if not condition.serving:
        is_late = pause is not None and pause > _LONG_WITHOUT and not condition.run_process
        advice = "'missionwire serve' keeps a schedule; with cron or a timer, see that it still runs" if is_late else ""
        return "schedule", f"no 'missionwire serve' is on here; {ago}", advice
    cron, interval = condition.serving["cron"], condition.serving["interval_seconds"] or _USUAL_INTERVAL_SECONDS
    plan = f"cron {cron}" if cron else f"every {interval:g} s"
    limit = _LONG_WITHOUT if cron else max(_MISSED * timedelta(seconds=interval), _PATIENCE)
    is_late = (pause or timedelta()) > limit and not condition.run_process
    advice = "no run although one was due: stop it and start it again; data/prefect/server.log may say why"
    return (
        "schedule",
        f"'missionwire serve' is on (process {condition.serving['process']}, {plan}); {ago}",
        advice if is_late else "",
    )


def _last_run_line(condition: Condition, last: dict[str, Any] | None) -> Line:
    if condition.run_process:
        return "run", f"one is on (process {condition.run_process})", ""
    if last is None:
        return "run", "none yet", "'missionwire run' makes a start"
    state = str(last["state"])
    advice = {
        "failed": "what it had read is kept; remedy the cause, then 'missionwire run'",
        "killed": "nothing is lost: the next run takes up what it left",
        "running": "it was cut off; the next run takes up what it left",
        "partial": "some feeds failed, see below",
    }.get(state, "")
    told = f"the last one {state}" if state != "running" else "the last one did not end"
    return "run", f"{told}: {last['detail']}" if last["detail"] else told, advice


def _waiting_line(settings: Settings, condition: Condition) -> Line:
    if condition.broken:
        where = f"look into {settings.spool_folder}; docs/operating.md says what to do with what was set aside"
        return "waiting", f"{_count(len(condition.broken), 'batch', 'batches')} set aside as unreadable", where
    parts = [
        (condition.waiting, "read and not loaded yet"),
        # Those of a run that is on are its own, and no trouble.
        (0 if condition.run_process else condition.pending, "fetched and not read yet"),
    ]
    told = ", ".join(f"{_count(count, 'batch', 'batches')} {what}" for count, what in parts if count)
    return ("waiting", told, "nothing: the next run takes them up") if told else ("waiting", "nothing", "")


def _snapshot_line(settings: Settings, condition: Condition) -> Line:
    if condition.is_unpublished and not condition.run_process:
        return "snapshot", "behind the warehouse", "the next run publishes it; a full disk may have been in the way"
    if not settings.published_file.exists():
        return "snapshot", "none yet", ""
    if condition.warehouse_bytes is None:
        return "snapshot", "none is needed: readers ask the lake", ""
    return "snapshot", f"up to date: {settings.published_file}", ""


def _picture_line(settings: Settings) -> Line:
    page, undrawn = settings.published_folder / "report.html", undrawn_mark(settings)
    if undrawn.exists():
        why = undrawn.read_text(encoding="utf-8").strip()
        return "picture", f"behind the snapshot: {why}", "'missionwire report' draws it; the next run tries again"
    return "picture", f"up to date: {page}" if page.exists() else "none yet", ""


def _disk_line(condition: Condition) -> Line:
    state = f"{_bytes(condition.free_bytes)} free"
    if condition.free_bytes >= condition.needed_bytes:
        return "disk", state, ""
    advice = f"make room: {_bytes(condition.needed_bytes)} should be free for the next run and a copy of the warehouse"
    return "disk", state, advice


def _archive_line(settings: Settings, condition: Condition) -> Line:
    kept = f"kept for {settings.keep_days} days" if settings.keep_days else "kept for good (keep_days = 0)"
    pages = f"{_bytes(measure_archive(settings))} of fetched pages, {kept}"
    if condition.warehouse_bytes is None:
        return "archive", pages, ""
    return "archive", f"{pages}; warehouse {_bytes(condition.warehouse_bytes)}", ""


def _print_feeds(health: Table) -> None:
    out, state_at = sys.stdout, health.columns.index("state")
    counts = count_states(health)
    told = ", ".join(f"{counts[state]} {state}" for state in ("ok", *ADVICE) if counts[state])
    out.write(f"\nFeeds that need attention ({told or 'no feed is known'})\n")
    troubled = tuple(row for row in health.rows if row[state_at] != "ok")
    if not troubled:
        out.write("none\n")
        return
    write_table(dataclasses.replace(health, rows=troubled), out)
    for state in sorted({row[state_at] for row in troubled}):
        out.write(f"  {state}: {ADVICE[state]}\n")


def _section(title: str, table: Table) -> None:
    sys.stdout.write(f"\n{title}\n")
    if table.rows:
        write_table(table, sys.stdout)
    else:
        sys.stdout.write("none\n")


def _print_json(
    settings: Settings,
    options: dict[str, Any],
    condition: Condition,
    health: Table,
    tables: dict[str, Table],
    lines: list[Line],
) -> None:
    values, origins = settings.model_dump(), setting_origins(options)
    told = {
        "settings": {name: {"value": values[name], "from": origins[name]} for name in origins},
        "condition": dataclasses.asdict(condition) | {"archive_bytes": measure_archive(settings)},
        "matters": [dict(zip(("matter", "state", "advice"), line, strict=True)) for line in lines],
        "feed_counts": dict(count_states(health)),
        "feeds": [{**row, "advice": ADVICE.get(row["state"], "")} for row in _objects(health) if row["state"] != "ok"],
        **{name: _objects(table) for name, table in tables.items()},
    }
    json.dump(told, sys.stdout, ensure_ascii=False, indent=1, default=_as_text)
    sys.stdout.write("\n")


def _objects(table: Table) -> list[dict[str, Any]]:
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def _ask(settings: Settings, query: str) -> Table:
    if not settings.published_file.exists():
        return Table((), (), ())
    return run_query(settings.published_file, read_query(query))


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _bytes(number: float) -> str:
    for unit in ("bytes", "kB", "MB", "GB"):
        if number < 1000:
            return f"{number:.3g} {unit}"
        number /= 1000
    return f"{number:.3g} TB"


def _ago(pause: timedelta) -> str:
    minutes = max(int(pause.total_seconds() // 60), 0)
    if minutes < 120:
        return _count(minutes, "minute", "minutes")
    hours = minutes // 60
    return f"{hours} hours" if hours < 48 else f"{hours // 24} days"
