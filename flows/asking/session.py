"""Statement or dot command -> its answer, in the form, file and snapshot that the session has at the moment."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from extractors.errors import MissionwireError
from flows.asking.forms import FORMS
from flows.asking.grid import Look
from warehouse.guarding import check_file
from warehouse.names import Names, read_names
from warehouse.questions import Reader


class Session:
    """One open snapshot, and how its answers are written."""

    def __init__(self, reader: Reader, *, form: str = "table", look: Look | None = None) -> None:
        self.reader = reader
        self.form = form
        self.look = look or Look()
        self.is_timed = False
        self.stream: TextIO = sys.stdout
        self.output: TextIO | None = None
        self.tell: Callable[[str], None] = _tell
        self._names: Names | None = None
        self._told_of_newer = False

    @property
    def names(self) -> Names:
        """All names of the snapshot, read when they are first needed."""
        if self._names is None:
            self._names = read_names(self.reader.connection)
        return self._names

    def answer(self, statement: str) -> int:
        """Answer one statement, and return the number of rows.

        Raises:
            WarehouseError: it cannot be answered, or is refused.
        """
        self._take_up_newer()
        began = time.monotonic()
        answer = self.reader.ask(statement)
        count = 0
        if answer.columns:
            to_file = self.output is not None
            count = FORMS[self.form](answer, self.output or self.stream, Look() if to_file else self.look)
        elif answer.changed_count is not None:
            self.tell(f"{answer.changed_count} row{'' if answer.changed_count == 1 else 's'} written")
        if answer.columns and (said := self.reader.caution(statement) if count else self.reader.hint(statement)):
            self.tell(said)
        if self.is_timed:
            self.tell(f"{count} row{'' if count == 1 else 's'}, {time.monotonic() - began:.3f} s")
        return count

    def send_to(self, file: Path | None) -> None:
        """Write the answers to a file from now on; to the screen again without one.

        Raises:
            RefusedError: a database lies there.
            MissionwireError: it cannot be written.
        """
        if self.output is not None:
            self.output.close()
            self.output = None
        if file is not None:
            check_file(file)
            try:
                self.output = file.open("w", encoding="utf-8", newline="")
            except OSError as error:
                raise MissionwireError(f"{file}: {error.strerror or error}") from error

    def take_up(self) -> None:
        """Open the newest publication; what the session had of its own is gone."""
        self.reader.reopen()
        self._names = None
        self._told_of_newer = False

    def close(self) -> None:
        """Close the snapshot, and the file that answers go to."""
        self.send_to(None)
        self.reader.close()

    def _take_up_newer(self) -> None:
        if not self.reader.is_outdated():
            return
        if not self.reader.has_own_things:
            self.take_up()
            self.tell("a newer publication is there, and is asked from now on")
        elif not self._told_of_newer:
            self._told_of_newer = True
            self.tell(
                "a newer publication is there; .reload takes it up, and drops the tables and settings of this session"
            )


def _tell(text: str) -> None:
    sys.stderr.write(text + "\n")
