"""Records -> JSON Lines on disk: what waits to be loaded.

A spool is a folder with one file per kind of line. It is written as `<name>.partial` and renamed to `<name>.spool` when
everything in it is safely on disk, so that a half-written one is never loaded. What could not be loaded (a reader
holds the ledger, the disk is full) simply stays, and the next run loads it.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import BinaryIO

from extractors.errors import WarehouseError
from warehouse.rows import LINE_KINDS, Record, list_rows, write_line

_FINISHED = ".spool"
HALF_WRITTEN = ".partial"
_BROKEN = ".broken"
_SAFE_RUN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class Spool:
    """One batch of records on its way into the ledger."""

    def __init__(self, path: Path, run_id: str, files: Mapping[str, BinaryIO]) -> None:
        self._path = path
        self._run_id = run_id
        self._files = files

    @classmethod
    def create(cls, folder: Path, run_id: str, batch: int) -> Spool:
        """Start a spool; one of the same run and batch that was left half-written is written anew.

        Args:
            folder: where spools wait; created when missing.
            run_id: letters, digits, dot, dash; spools are loaded in the order of run_id and batch.
            batch: number of the batch within the run.

        Raises:
            WarehouseError: the folder cannot be written.
        """
        if not _SAFE_RUN_ID.fullmatch(run_id):
            raise WarehouseError(
                folder, f"run id {run_id!r} cannot name a folder; use letters, digits, dots and dashes"
            )
        path = folder / f"{run_id}-{batch:06d}{HALF_WRITTEN}"
        try:
            shutil.rmtree(path, ignore_errors=True)
            path.mkdir(parents=True)
            files = {kind: (path / f"{kind}.jsonl").open("wb") for kind in LINE_KINDS}
        except OSError as error:
            raise _refused(path, error) from error
        return cls(path, run_id, files)

    def add(self, *records: Record) -> None:
        """Append records.

        Raises:
            WarehouseError: the disk is full, or writing failed.
        """
        try:
            for record in records:
                for kind, row in list_rows(record):
                    self._files[kind].write(write_line({"run_id": self._run_id, **row}))
        except OSError as error:
            raise _refused(self._path, error) from error

    def finish(self) -> Path:
        """Bring everything safely to disk, then give the spool its final name, and return it.

        Raises:
            WarehouseError: the disk is full, or writing failed.
        """
        finished = self._path.with_name(self._path.name.removesuffix(HALF_WRITTEN) + _FINISHED)
        try:
            _close_safely(self._files.values())
            _sync_folder(self._path)
            shutil.rmtree(finished, ignore_errors=True)
            self._path.rename(finished)
            _sync_folder(finished.parent)
        except OSError as error:
            raise _refused(self._path, error) from error
        return finished

    def discard(self) -> None:
        """Give up a spool that was not finished."""
        for file in self._files.values():
            try:
                file.close()
            except OSError:
                # Its last lines did not fit on the disk; they are thrown away with the rest.
                continue
        shutil.rmtree(self._path, ignore_errors=True)


def write_spool(folder: Path, run_id: str, batch: int, records: Iterable[Record]) -> Path:
    """Write a whole spool, and return it; one that could not be finished leaves nothing behind.

    Raises:
        WarehouseError: the disk is full, or writing failed.
    """
    spool = Spool.create(folder, run_id, batch)
    try:
        spool.add(*records)
        return spool.finish()
    except BaseException:
        spool.discard()
        raise


def spool_name(run_id: str, batch: int) -> str:
    """The name of a finished spool in its folder."""
    return f"{run_id}-{batch:06d}{_FINISHED}"


def holds_records(path: Path) -> bool:
    """Whether anything would be loaded from a spool."""
    return any(file.stat().st_size for file in path.iterdir())


def waiting_spools(folder: Path) -> tuple[Path, ...]:
    """Return the finished spools of a folder, in the order in which they are to be loaded."""
    return tuple(sorted(folder.glob(f"*{_FINISHED}")))


def remove_spool(path: Path) -> None:
    """Remove a spool whose records are in the ledger; killed half-way, it leaves nothing that would load wrongly."""
    emptied = path.with_suffix(HALF_WRITTEN)
    try:
        shutil.rmtree(emptied, ignore_errors=True)
        path.rename(emptied)
        shutil.rmtree(emptied)
    except OSError as error:
        raise _refused(path, error) from error


def set_aside(path: Path) -> Path:
    """Take a spool that cannot be read out of the way of the others; it is kept for a person to look at."""
    broken = path.with_suffix(_BROKEN)
    try:
        shutil.rmtree(broken, ignore_errors=True)
        path.rename(broken)
    except OSError as error:
        raise _refused(path, error) from error
    return broken


def remove_half_written(folder: Path) -> None:
    """Clear what dead processes left behind; call it only while no other run is on."""
    for path in folder.glob(f"*{HALF_WRITTEN}"):
        shutil.rmtree(path, ignore_errors=True)


def _close_safely(files: Iterable[BinaryIO]) -> None:
    for file in files:
        file.flush()
        os.fsync(file.fileno())
        file.close()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _refused(path: Path, error: OSError) -> WarehouseError:
    return WarehouseError(path, f"the spool cannot be written: {error.strerror or error}")
