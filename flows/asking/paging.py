"""Answer -> the screen: straight to it while it fits, into a pager when it is longer."""

from __future__ import annotations

import io
import os
import shlex
import shutil
import subprocess
from collections.abc import Iterable
from contextlib import suppress
from typing import TextIO

# less keeps colours (-R), does not wrap wide lines (-S), and leaves what was read on the screen (-X).
_PAGER = "less -RSX"


class PagedStream(io.TextIOBase):
    """A stream that begins a pager when more is written than the screen has lines."""

    def __init__(self, screen: TextIO) -> None:
        self._screen = screen
        self._held: list[str] = []
        self._lines = 0
        self._pager: subprocess.Popen[str] | None = None
        self._command = _pager_command()

    def write(self, text: str) -> int:
        """Write text to where the answer goes.

        Raises:
            BrokenPipeError: the pager was left.
        """
        if self._pager is not None:
            self._into(self._pager, text)
        elif not self._command:
            self._screen.write(text)
        else:
            self._hold(text)
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:  # type: ignore[override]
        """Write lines one by one, so that a long answer reaches the pager at once."""
        for line in lines:
            self.write(line)

    def finish(self) -> None:
        """Show what is held, or wait until the pager is left."""
        self._screen.writelines(self._held)
        self._held = []
        self._screen.flush()
        if self._pager is not None and self._pager.stdin is not None:
            with suppress(BrokenPipeError):
                self._pager.stdin.close()
            self._pager.wait()
            self._pager = None

    def _hold(self, text: str) -> None:
        self._held.append(text)
        self._lines += text.count("\n")
        # The prompt below the answer takes a line, and so does the count of rows.
        if self._lines > shutil.get_terminal_size().lines - 3:
            self._pager = subprocess.Popen(self._command, stdin=subprocess.PIPE, text=True, encoding="utf-8")  # noqa: S603 - the user's own pager
            held, self._held = "".join(self._held), []
            self._into(self._pager, held)

    def _into(self, pager: subprocess.Popen[str], text: str) -> None:
        assert pager.stdin is not None
        pager.stdin.write(text)


def _pager_command() -> list[str]:
    """Return the pager's command, empty for none: PAGER says which, and an empty one or cat says none."""
    command = shlex.split(os.environ.get("PAGER", _PAGER))
    if not command or command == ["cat"] or shutil.which(command[0]) is None:
        return []
    return [*command, "-RSX"] if command == ["less"] else command
