"""Data folder -> Condition: what waits there, whether anybody serves it, and how much room is left.

Reads files only; what the ledger knows is asked of the published snapshot.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flows.settings import Settings
from warehouse.query import Table, run_query
from warehouse.spool import waiting_spools
from warehouse.sql import read_query

# The least room that a run should find: pages of a day of hundreds of feeds, with a margin.
_LEAST_BYTES = 1_000_000_000
# A publication writes a whole copy of the warehouse, and an upgrade keeps another.
_COPIES = 2


@dataclass(frozen=True, slots=True)
class Condition:
    """How a data folder stands between two runs.

    Args:
        serving: what `serve` noted of itself, None where none is on.
        run_process: the process of a run that is on.
        waiting: batches that the next run loads; broken: those that were set aside because they cannot be read.
        pending: archive files whose pages were not read yet; while a run is on these are its own.
        needed_bytes: the least room that should be left.
        warehouse_bytes: of the file; None of a lake, whose files lie elsewhere.
    """

    serving: dict[str, Any] | None
    run_process: int | None
    waiting: int
    broken: tuple[Path, ...]
    pending: int
    is_unpublished: bool
    free_bytes: int
    needed_bytes: int
    warehouse_bytes: int | None


def read_condition(settings: Settings) -> Condition:
    """Look at the data folder as it is now; one that does not exist yet is empty."""
    file = settings.warehouse_file
    warehouse_bytes = _bytes_of(file) if isinstance(file, Path) else None
    return Condition(
        serving=_serving(settings.data),
        run_process=_run_process(settings.data),
        waiting=len(waiting_spools(settings.spool_folder)),
        broken=tuple(sorted(settings.spool_folder.glob("*.broken"))),
        pending=len(list((settings.data / "pending").glob("*.warc.gz"))),
        is_unpublished=settings.unpublished_mark.exists(),
        free_bytes=_free_bytes(settings.data),
        needed_bytes=max(_LEAST_BYTES, _COPIES * (warehouse_bytes or 0)),
        warehouse_bytes=warehouse_bytes,
    )


def measure_archive(settings: Settings) -> int:
    """Bytes of fetched pages; looks at every file, so that only a person who asks is made to wait for it."""
    return _size(settings.archive_folder)


def read_feed_health(settings: Settings) -> Table:
    """How each feed is doing, as the published snapshot has it; empty before the first run."""
    if not settings.published_file.exists():
        return Table((), (), ())
    return run_query(settings.published_file, read_query("report_feed_health"))


def count_states(health: Table) -> Counter[str]:
    """How many feeds there are of each state."""
    return Counter(row[health.columns.index("state")] for row in health.rows)


@contextmanager
def noted_serving(settings: Settings) -> Iterator[None]:
    """Leave a note for `missionwire status` while a schedule is on; the lock beside it dies with the process."""
    note = {
        "process": os.getpid(),
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
        "interval_seconds": settings.interval,
        "cron": settings.cron,
    }
    settings.data.mkdir(parents=True, exist_ok=True)
    with _serve_lock(settings.data).open("ab") as lock:
        # A second schedule in the same folder is not refused: its runs wait for nobody, and say so themselves.
        with suppress(OSError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _serve_note(settings.data).write_text(json.dumps(note), encoding="utf-8")
        try:
            yield
        finally:
            _serve_note(settings.data).unlink(missing_ok=True)


def _serving(data: Path) -> dict[str, Any] | None:
    if not _is_held(_serve_lock(data)):
        return None
    try:
        note: dict[str, Any] = json.loads(_serve_note(data).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return note


def _run_process(data: Path) -> int | None:
    try:
        process = int((data / "run.pid").read_text())
        os.kill(process, 0)
    except PermissionError:
        pass
    except (OSError, ValueError):
        return None
    # A number may have been given to another process since; the lock has not.
    return process if _is_held(data / "run.lock") else None


def _is_held(lock: Path) -> bool:
    try:
        with lock.open("rb") as stream:
            fcntl.flock(stream, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _serve_lock(data: Path) -> Path:
    return data / "serve.lock"


def _serve_note(data: Path) -> Path:
    return data / "serve.json"


def _bytes_of(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def _free_bytes(folder: Path) -> int:
    existing = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    return shutil.disk_usage(existing).free


def _size(folder: Path) -> int:
    total = 0
    for file in folder.rglob("*"):
        with suppress(OSError):  # a run may take it away meanwhile
            total += file.stat().st_size if file.is_file() else 0
    return total
