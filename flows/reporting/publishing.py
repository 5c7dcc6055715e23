"""Snapshot that was replaced -> its page beside it, drawn by a process of its own.

Whatever happens there, the run is none the worse: the last page stands, the log and `missionwire status` say why, and
the next run tries again.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from flows.progress import log
from flows.settings import PREFIX, Settings

# A page of 100,000 facts takes a few seconds; a drawing that hangs must not hold up the schedule.
_SECONDS = 300.0


def mark_undrawn(settings: Settings) -> None:
    """Note that the page is behind the snapshot; the note stays until it is drawn, and says what was in the way."""
    undrawn_mark(settings).write_text("not drawn yet", encoding="utf-8")


def undrawn_mark(settings: Settings) -> Path:
    """A file that is there while the page is behind the snapshot."""
    return settings.published_folder / "undrawn"


def publish_reports(settings: Settings) -> None:
    """Draw the page where the snapshot has changed since."""
    if not undrawn_mark(settings).exists():
        return
    try:
        why = _draw(settings)
    except (OSError, subprocess.SubprocessError) as error:
        why = str(error)
    if why:
        log.error("the page of the ledger could not be drawn, the last one stands: %s", why)
        undrawn_mark(settings).write_text(why, encoding="utf-8")
    else:
        undrawn_mark(settings).unlink(missing_ok=True)


def _draw(settings: Settings) -> str:
    """Run `missionwire report`: what goes wrong in drawing, or takes much memory, ends with that process.

    Returns:
        What went wrong, in one line; nothing where the page was drawn.
    """
    command = [sys.executable, "-m", "flows", "report", "--data", str(settings.data), "--mission", settings.mission]
    done = subprocess.run(  # noqa: S603 - our own command
        command,
        env={**os.environ, f"{PREFIX}SEEDS": str(settings.seeds)},
        text=True,
        capture_output=True,
        timeout=_SECONDS,
        check=False,
    )
    if done.returncode == 0:
        return ""
    said = done.stderr.strip().splitlines()
    return said[-1][:500] if said else f"drawing ended with exit code {done.returncode}"
