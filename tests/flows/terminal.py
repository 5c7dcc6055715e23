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

from tests.flows.command import SETTINGS, clean_environment

_ESCAPES = re.compile(r"\x1b(?:\[[0-9;?]*[a-zA-Z]|\][^\x07]*\x07|[=>])")
# Where the cursor is: a line editor asks, and a terminal answers.
_ASKS_PLACE, _PLACE = b"\x1b[6n", b"\x1b[1;1R"


class Terminal:
    """A program that believes it talks to a person; `lines` and `columns` are the window's size."""

    def __init__(self, *arguments, cwd, settings=None, lines=40, columns=100):
        environment = clean_environment() | SETTINGS | {"TERM": "xterm", "PAGER": "cat"} | (settings or {})
        self._seen = ""
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
        self._seen = ""
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
        """What was shown since the last keys, without colours and movements of the cursor."""
        return _ESCAPES.sub("", self._seen).replace("\r", "")

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
        if _ASKS_PLACE in told:
            os.write(self._file, _PLACE)
        self._seen += told.decode(errors="replace")
        return bool(told)
