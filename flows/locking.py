"""One run at a time in a data folder, by a lock that dies with its process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from extractors.errors import BusyError, SettingsError


@contextmanager
def run_lock(data: Path, *, wait: bool = False) -> Iterator[None]:
    """Hold the lock of a data folder; taking it again in the same process is allowed.

    Raises:
        BusyError: another process holds it, and `wait` is not asked for.
        SettingsError: the folder cannot be written.
    """
    file = data / "run.lock"
    try:
        data.mkdir(parents=True, exist_ok=True)
        # A singleton counts its holders, so that a command may hold it around the flow that takes it again.
        lock = FileLock(file, is_singleton=True, thread_local=False)
        lock.acquire(timeout=-1 if wait else 0)
    except Timeout as error:
        raise BusyError(f"another run is on in {data} ({_holder(data)}); use --wait to run after it") from error
    except OSError as error:
        raise SettingsError(f"--data {data}: the folder cannot be written ({error.strerror})") from error
    try:
        (data / "run.pid").write_text(f"{os.getpid()}\n")
        yield
    finally:
        lock.release()


def _holder(data: Path) -> str:
    try:
        return f"process {(data / 'run.pid').read_text().strip()}"
    except OSError:
        return "process unknown"
