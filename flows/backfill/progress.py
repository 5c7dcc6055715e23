"""Backfill -> a small folder that says how far it came, so that one that was killed goes on from there.

The tables need none of it: ids are hashes of what was read, so that reading anything twice changes nothing. It spares
the reader's time, and the publishers' servers.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from extractors.whole_files import written_whole
from flows.progress import log


@dataclass(frozen=True, slots=True)
class Place:
    """How far a backfill came.

    Args:
        file: number of the source that is being read, of those that were named.
        offset: in that file, in bytes; everything before it is loaded.
        writing: the archive file that pages of it are copied into; in doubt until they are loaded.
    """

    file: int = 0
    offset: int = 0
    writing: str = ""


@dataclass(slots=True)
class Progress:
    """The folder of one backfill, named after what was asked for."""

    folder: Path
    what: str
    place: Place = field(default_factory=Place)

    @classmethod
    def open(cls, data: Path, key: str, what: str) -> Progress:
        """Begin, or go on where the same backfill was cut short."""
        progress = cls(data / "backfill" / key, what)
        if progress._file.exists():
            progress.place = progress._read()
            log.info("%s was cut short; it goes on where it was", what)
        progress.folder.mkdir(parents=True, exist_ok=True)
        progress._write()
        return progress

    @property
    def pending(self) -> Path:
        """Folder for the marks of batches that are fetched and not read yet."""
        return self.folder / "pending"

    @property
    def _file(self) -> Path:
        return self.folder / "progress.json"

    def save(self, **place: int | str) -> None:
        """Note how far it came."""
        self.place = replace(self.place, **place)  # type: ignore[arg-type]
        self._write()

    def finish(self) -> None:
        """All is done: the same question asked again starts anew."""
        shutil.rmtree(self.folder)

    def _read(self) -> Place:
        try:
            return Place(**json.loads(self._file.read_text(encoding="utf-8"))["place"])
        except (ValueError, KeyError, TypeError) as error:
            # What is read again is known again, so that beginning anew costs time and nothing else.
            log.warning("%s cannot be read (%s); it begins anew", self._file, error)
            return Place()

    def _write(self) -> None:
        with written_whole(self._file) as half:
            half.write_text(json.dumps({"asked": self.what, "place": asdict(self.place)}), encoding="utf-8")


class KnownDays:
    """Days of publication of pages that were asked for and lie outside what was wanted: nobody is asked for them twice.

    Lines of address, tab, moment, in a file that all backfills of a data folder share.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        self.moments = dict(line.split("\t", 1) for line in lines if "\t" in line)

    def add(self, moments: dict[str, str]) -> None:
        """Note some more."""
        new = {url: moment for url, moment in moments.items() if url not in self.moments}
        self.moments |= new
        if new:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("a", encoding="utf-8") as stream:
                stream.writelines(f"{url}\t{moment}\n" for url, moment in new.items())
