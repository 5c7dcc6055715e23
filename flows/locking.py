"""One run at a time in a data folder and on a warehouse, by locks that die with their process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from extractors.errors import BusyError, SettingsError
from warehouse.lake import Address


@contextmanager
def run_lock(data: Path, *, warehouse: Address | None = None, wait: bool = False) -> Iterator[None]:
    """Hold the lock of a data folder; taking it again in the same process is allowed.

    Args:
        warehouse: the DuckDB file, which two data folders may share; locked as well where it is given.

    Raises:
        BusyError: another process holds one of them, and `wait` is not asked for.
        SettingsError: a folder cannot be written.
    """
    with ExitStack() as locks:
        try:
            data.mkdir(parents=True, exist_ok=True)
            _acquire(locks, data / "run.lock", wait=wait)
        except Timeout as error:
            raise BusyError(f"another run is on in {data} ({_holder(data)}); use --wait to run after it") from error
        except OSError as error:
            raise SettingsError(f"--data {data}: the folder cannot be written ({error.strerror})") from error
        # A lake has a lock of its own, for each of its loads: runs on other machines may be on meanwhile.
        if isinstance(warehouse, Path):
            _lock_warehouse(locks, warehouse, wait=wait)
        # Who holds the lock is told as a courtesy; a full disk is somebody else's to complain of.
        with suppress(OSError):
            (data / "run.pid").write_text(f"{os.getpid()}\n")
        yield


def _lock_warehouse(locks: ExitStack, warehouse: Path, *, wait: bool) -> None:
    # Beside the file that is meant, whatever links lead to it.
    file = warehouse.resolve()
    try:
        _acquire(locks, file.with_name(f"{file.name}.lock"), wait=wait)
    except Timeout as error:
        raise BusyError(f"another run is on with the warehouse {file}; use --wait to run after it") from error
    except OSError as error:
        raise SettingsError(f"warehouse {file}: its folder cannot be written ({error.strerror})") from error


def _acquire(locks: ExitStack, file: Path, *, wait: bool) -> None:
    # A singleton counts its holders, so that a command may hold it around the flow that takes it again.
    lock = FileLock(file, is_singleton=True, thread_local=False)
    lock.acquire(timeout=-1 if wait else 0)
    locks.callback(lock.release)


def _holder(data: Path) -> str:
    try:
        return f"process {(data / 'run.pid').read_text().strip()}"
    except OSError:
        return "process unknown"
