"""What changed for the worse in a run -> one message to the user's own command or webhook.

A feed that was told of is told of again only after it was well in between. A failing alert never fails a run.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from extractors.errors import MissionwireError, SettingsError
from extractors.records import Run
from extractors.whole_files import written_whole
from flows.fetch.webhook import post_message
from flows.progress import log
from flows.settings import Settings, shown_alert
from warehouse.query import run_query
from warehouse.sql import read_query

# One failure is weather; three in a row want a look.
_FAILURES = 3
_SECONDS = 30.0

Trouble = dict[str, Any]


def alert(settings: Settings, run: Run) -> None:
    """Tell of a failed run, and of feeds that are newly dead, silent, drying up or failing for long."""
    if not settings.alert:
        return
    try:
        feeds = _troubled_feeds(settings)
        told = _read_told(settings)
        new = [feed for feed in feeds if [feed["feed"], feed["state"]] not in told]
        if new or run.state == "failed":
            _send(settings, run, new)
        _write_told(settings, feeds)
    except (MissionwireError, OSError, subprocess.SubprocessError) as error:
        log.error("the alert could not be given: %s: %s", shown_alert(settings.alert), error)


def _troubled_feeds(settings: Settings) -> list[Trouble]:
    if not settings.published_file.exists():
        return []
    table = run_query(settings.published_file, read_query("report_alerts"))
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    return [row for row in rows if row["state"] != "failing" or row["failure_count"] >= _FAILURES]


def _send(settings: Settings, run: Run, feeds: Sequence[Trouble]) -> None:
    message = {
        "run": run.run_id,
        "state": run.state,
        "detail": run.detail,
        "feeds": [{name: feed[name] for name in ("feed", "outlet", "state", "note")} for feed in feeds],
        "text": "\n".join(_lines(run, feeds)),
    }
    if settings.alert.startswith(("http://", "https://")):
        post_message(settings.alert, message, user_agent=settings.user_agent)
    else:
        _run_command(settings.alert, message)


def _lines(run: Run, feeds: Sequence[Trouble]) -> list[str]:
    failed = [f"missionwire: run {run.run_id} failed: {run.detail}"] if run.state == "failed" else []
    lines = [f"missionwire: {feed['outlet'] or feed['feed']} is {_state(feed)}: {feed['note']}" for feed in feeds]
    # Feeds of one outlet whose pages turn empty are one matter.
    return failed + list(dict.fromkeys(lines))


def _state(feed: Trouble) -> str:
    return "drying up" if feed["state"] == "drying" else str(feed["state"])


def _run_command(command: str, message: Trouble) -> None:
    """The user's own command, with the text on its standard input and all of it in MISSIONWIRE_ALERT_JSON."""
    done = subprocess.run(  # noqa: S603 - the user's own command, as it stands in the settings
        shlex.split(command),
        input=message["text"] + "\n",
        env={**os.environ, "MISSIONWIRE_ALERT_JSON": json.dumps(message)},
        text=True,
        capture_output=True,
        timeout=_SECONDS,
        check=False,
    )
    if done.returncode:
        raise SettingsError(f"it ended with exit code {done.returncode}: {done.stderr.strip()[:200]}")


def _told_file(settings: Settings) -> Path:
    return settings.data / "alerts.json"


def _read_told(settings: Settings) -> list[list[str]]:
    try:
        told: list[list[str]] = json.loads(_told_file(settings).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return told


def _write_told(settings: Settings, feeds: Sequence[Trouble]) -> None:
    with written_whole(_told_file(settings)) as half:
        half.write_text(json.dumps([[feed["feed"], feed["state"]] for feed in feeds]), encoding="utf-8")
