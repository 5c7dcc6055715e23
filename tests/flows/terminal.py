"""A command of missionwire on a terminal of its own: a real pseudo-terminal, typed into and read from."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios
import time

import pyte

from tests.flows.command import SETTINGS, clean_environment

_LINES_KEPT = 100_000


class Terminal:
    """A program that believes it talks to a person; `lines` and `columns` are the window's size."""

    def __init__(self, *arguments, cwd, settings=None, lines=40, columns=100):
        environment = clean_environment() | SETTINGS | {"TERM": "xterm", "PAGER": "cat"} | (settings or {})
        self._screen = pyte.HistoryScreen(columns, lines, history=_LINES_KEPT)
        # A line editor asks where the cursor is, and a terminal answers.
        self._screen.write_process_input = lambda answer: os.write(self._file, answer.encode())
        self._stream = pyte.ByteStream(self._screen)
        self._old = (0, 0)
        self._pid, self._file = pty.fork()
        if self._pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
                os.chdir(cwd)
                os.execve(sys.executable, [sys.executable, "-m", "flows", *map(str, arguments)], environment)
            finally:
                os._exit(127)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self._file)
        if self._pid:
            os.kill(self._pid, 9)
            os.waitpid(self._pid, 0)

    def type(self, keys):
        """Press keys; what was seen before is forgotten."""
        written = [at for at, text in enumerate(self._lines()) if text]
        self._old = (written[-1], len(self._lines()[written[-1]])) if written else (0, 0)
        os.write(self._file, keys.encode())

    def press_again(self, keys, pattern, seconds):
        """Press keys, and say whether what they do is shown in time."""
        self.type(keys)
        return self.shows(pattern, seconds)

    def see(self, pattern, seconds=60):
        """Wait until the screen shows what a pattern matches, and return all that was shown since the last keys."""
        assert self.shows(pattern, seconds), f"{pattern!r} is not in {self.shown!r}"
        return self.shown

    def shows(self, pattern, seconds):
        """Say whether the screen shows it before so many seconds are over, or the program ends."""
        end = time.monotonic() + seconds
        while not re.search(pattern, self.shown):
            if time.monotonic() > end or not self._read():
                return False
        return True

    def ask(self, question, pattern):
        """Type a question and Enter, and return what is shown when its answer and the next prompt are there."""
        self.type(f"{question}\r")
        return self.see(rf"(?s){pattern}.*missionwire>\W*$")

    @property
    def shown(self):
        """What stands on the screen, and went off its top, after what stood there before the last keys."""
        line, column = self._old
        return "\n".join([text[column if at == line else 0 :] for at, text in enumerate(self._lines()) if at >= line])

    def _lines(self):
        """All lines so far, without the empty ones under the cursor."""
        rows = [*self._screen.history.top, *(self._screen.buffer[row] for row in range(self._screen.lines))]
        lines = ["".join(row[column].data for column in range(self._screen.columns)).rstrip() for row in rows]
        cursor = len(self._screen.history.top) + self._screen.cursor.y
        return lines[: max(cursor, *(at for at, text in enumerate(lines) if text), 0) + 1]

    def end(self):
        """Wait for the end, and return the exit code."""
        while self._read():
            pass
        _, status = os.waitpid(self._pid, 0)
        self._pid = 0
        return os.waitstatus_to_exitcode(status)

    def _read(self):
        """Read what is shown; False at the end of the program."""
        if not select.select([self._file], [], [], 0.2)[0]:
            return True
        try:
            told = os.read(self._file, 65536)
        except OSError:
            return False
        self._stream.feed(told)
        return bool(told)
