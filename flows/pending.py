"""Archive files whose pages are not read yet: marks that outlive a killed run, so that the next one takes them up.

A mark is set before the first page of a batch is asked for, and taken away when all that was read from it is spooled.
Killed between the two, a run leaves a spool and a mark: `run_and_number` says which mark is of which spool.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from flows.fetch.archive import archived_offsets, trim_archive
from warehouse.spool import spool_name


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
            trim_archive(file)
            yield name, tuple((name, offset) for offset in archived_offsets(file)) if file.exists() else ()

    def forget_spooled(self, spools: Iterable[Path]) -> None:
        """Take away the marks of batches whose spool is finished: a run was killed between the spool and its mark."""
        finished = {spool.name for spool in spools}
        for mark in sorted(self._folder.glob("*.warc.gz")):
            if spool_name(*run_and_number(mark.name)) in finished:
                mark.unlink()

    def _mark(self, archive_file: str) -> Path:
        return self._folder / archive_file.replace("/", "~")


def run_and_number(archive_file: str) -> tuple[str, int]:
    """The run that archived a batch, and the batch's number, out of its archive file's name; -1 for the feeds."""
    run_id, _, number = archive_file.replace("~", "/").rsplit("/", 1)[-1].removesuffix(".warc.gz").rpartition("-")
    return run_id, int(number) if number.isdecimal() else -1
