"""Old archive folders and overgrown logs -> removed; what was read from the pages stays in the warehouse."""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

from flows.progress import log
from flows.settings import Settings

# Prefect's server writes a line an error: 5 MB of them are 50,000, and the newest megabyte tells of the last ones.
_MOST_LOG_BYTES = 5_000_000
_KEPT_LOG_BYTES = 1_000_000
_NAMED = re.compile(rb'"archive_file":"([^"\\]+)"')


def clear_old_files(settings: Settings, *, now: datetime) -> None:
    """Remove what is older than the settings keep, and shorten the server's log; called after each run."""
    folder = settings.archive_folder
    remove_old_archives(folder, keep_days=settings.keep_days, now=now, needed=_needed_files(settings))
    shorten_log(settings.data / "prefect" / "server.log")


def remove_old_archives(archive: Path, *, keep_days: int, now: datetime, needed: Collection[str] = ()) -> int:
    """Remove the folders of days that lie more than `keep_days` back; 0 keeps all.

    Args:
        needed: files, counted from the archive's folder, that something still waits to be read from: they stay.

    Returns:
        How many folders were removed.
    """
    if not keep_days:
        return 0
    oldest = now.date() - timedelta(days=keep_days)
    removed = [folder for day, folder in _days(archive) if day < oldest and _remove(archive, folder, needed)]
    for folder in removed:
        log.info("archive of %s is older than %d days: removed", folder.relative_to(archive), keep_days)
        for parent in (folder.parent, folder.parent.parent):
            with suppress(OSError):  # another day or month is left in it
                parent.rmdir()
    return len(removed)


def shorten_log(file: Path) -> None:
    """Keep the end of a log that has grown too long; whoever appends to it goes on appending."""
    if not file.exists() or file.stat().st_size <= _MOST_LOG_BYTES:
        return
    with file.open("r+b") as stream:
        stream.seek(-_KEPT_LOG_BYTES, 2)
        kept = stream.read().partition(b"\n")[2]
        stream.seek(0)
        stream.write(kept)
        stream.truncate()


def _remove(archive: Path, folder: Path, needed: Collection[str]) -> bool:
    """Remove a day's folder but for what is needed; whether nothing of it is left."""
    kept = {archive / name for name in needed} & set(folder.iterdir())
    if not kept:
        shutil.rmtree(folder)
        return True
    for file in set(folder.iterdir()) - kept:
        file.unlink()
    return False


def _needed_files(settings: Settings) -> set[str]:
    """Archive files that a mark of a batch not yet read names, or a record that waits to be loaded."""
    named = {mark.name.replace("~", "/") for mark in (settings.data / "pending").glob("*.warc.gz")}
    for file in settings.spool_folder.glob("*/*.jsonl"):
        with file.open("rb") as lines:
            named.update(name.decode() for line in lines for name in _NAMED.findall(line))
    return named


def _days(archive: Path) -> Iterator[tuple[date, Path]]:
    """Folders named YYYY/MM/DD; anything else in the archive is not ours to judge."""
    for folder in sorted(archive.glob("[0-9][0-9][0-9][0-9]/[0-9][0-9]/[0-9][0-9]")):
        year, month, day = map(int, folder.parts[-3:])
        with suppress(ValueError):  # the 31st of February is not ours either
            yield date(year, month, day), folder
