"""Archive files whose pages are not read yet: marks that outlive a killed run, so that the next one takes them up.

A mark is set before the first page of a batch is asked for, and taken away when all that was read from it is spooled.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from flows.fetch.archive import archived_offsets


class PendingBatches:
    """The marks of one data folder, one empty file each, named after its archive file.

    Args:
        folder: of the marks; made when the first one is.
        archive: the archive's folder.
    """

    def __init__(self, folder: Path, archive: Path) -> None:
        self._folder = folder
        self._archive = archive

    def begin(self, archive_file: str) -> None:
        """Mark a batch as not read yet. `archive_file` counts from the archive's folder."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._mark(archive_file).touch()

    def done(self, archive_file: str) -> None:
        """Take the mark away; a batch that has none is fine."""
        self._mark(archive_file).unlink(missing_ok=True)

    def left(self) -> Iterator[tuple[str, tuple[tuple[str, int], ...]]]:
        """Batches that a run left behind, oldest first: the archive file, and the places of its whole pages."""
        for mark in sorted(self._folder.glob("*.warc.gz")):
            name = mark.name.replace("~", "/")
            file = self._archive / name
            if file.exists() and not file.stat().st_size:
                file.unlink()
            yield name, tuple((name, offset) for offset in archived_offsets(file)) if file.exists() else ()

    def _mark(self, archive_file: str) -> Path:
        return self._folder / archive_file.replace("/", "~")
