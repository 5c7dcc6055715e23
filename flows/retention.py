"""Archive folders -> those young enough to keep; what was read from the others stays in the warehouse."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

from flows.progress import log


def remove_old_archives(archive: Path, *, keep_days: int, now: datetime) -> int:
    """Remove the folders of days that lie more than `keep_days` back; 0 keeps all. Returns how many were removed."""
    if not keep_days:
        return 0
    oldest = now.date() - timedelta(days=keep_days)
    old = [folder for day, folder in _days(archive) if day < oldest]
    for folder in old:
        log.info("archive of %s is older than %d days: removed", folder.relative_to(archive), keep_days)
        shutil.rmtree(folder)
    return len(old)


def _days(archive: Path) -> Iterator[tuple[date, Path]]:
    """Folders named YYYY/MM/DD; anything else in the archive is not ours to judge."""
    for folder in sorted(archive.glob("[0-9][0-9][0-9][0-9]/[0-9][0-9]/[0-9][0-9]")):
        year, month, day = map(int, folder.parts[-3:])
        with suppress(ValueError):  # the 31st of February is not ours either
            yield date(year, month, day), folder
