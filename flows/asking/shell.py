"""Terminal -> Shell: a line editor with history, completion and colours over a session; no error ends it."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.filters import completion_is_selected, has_completions
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.lexers import PygmentsLexer
from pygments.lexers.sql import SqlLexer

from extractors.errors import MissionwireError
from flows.asking.completion import SqlCompleter
from flows.asking.dot_commands import is_dot_command, run_dot_command
from flows.asking.grid import Look
from flows.asking.paging import PagedStream
from flows.asking.script import read_script, run_lines
from flows.asking.session import Session
from flows.faults import explain_fault
from warehouse.lake import Address
from warehouse.statements import has_words, split_statements

_PROMPT = "missionwire> "
_CONTINUATION = "        ...> "
# What other shells know without a dot, and no statement is.
_BARE_COMMANDS = frozenset({"exit", "help", "quit"})


class Shell:
    """Questions one after the other, until Ctrl-D or .quit."""

    def __init__(self, session: Session, published: Address) -> None:
        self._session = session
        self._published = published
        session.tell = _say
        session.is_timed = True

    def run(self) -> None:
        """Read and answer until the end of input."""
        _say(f"{self._published}, read-only; end a question with ; - .help, .tables, .examples; leave with Ctrl-D")
        prompt: PromptSession[str] = PromptSession(
            history=open_history(history_file()),
            completer=SqlCompleter(lambda: self._session.names),
            complete_while_typing=False,
            auto_suggest=AutoSuggestFromHistory(),
            lexer=PygmentsLexer(SqlLexer),
            multiline=True,
            prompt_continuation=_CONTINUATION,
            key_bindings=_keys(),
        )
        # The names are read before the first Tab asks for them.
        _ = self._session.names
        while True:
            try:
                text = prompt.prompt(_PROMPT)
            except KeyboardInterrupt:
                continue
            except EOFError:
                return
            try:
                self._do(text)
            except EOFError:
                return

    def _do(self, text: str) -> None:
        text = _dotted(text)
        if is_dot_command(text):
            self._paged(lambda: run_dot_command(self._session, text, read=self._read))
            return
        ended, rest = split_statements(text)
        for statement in [*ended, *([rest] if has_words(rest) else [])]:
            if not self._paged(lambda asked=statement: self._session.answer(asked)):  # type: ignore[misc]
                return

    def _read(self, file: Path) -> None:
        run_lines(self._session, read_script(file))

    def _paged(self, work: Callable[[], object]) -> bool:
        """Do something whose answer may be long; say whether it went well."""
        screen = PagedStream(sys.stdout)
        self._session.stream = screen  # type: ignore[assignment]
        self._session.look = Look(width=shutil.get_terminal_size().columns, is_coloured=True, null="NULL")
        told: list[str] = []
        self._session.tell = told.append
        try:
            self._interruptible(work)
        except BrokenPipeError:
            # The pager was left before the end of the answer.
            return True
        except EOFError:
            raise
        except MissionwireError as error:
            _complain(str(error))
            return False
        except Exception as error:  # noqa: BLE001 - the shell outlives a fault of our own
            _complain(f"a fault of missionwire's own, please report it: {explain_fault(error)}")
            return False
        finally:
            screen.finish()
            for text in told:
                _say(text)
        return True

    def _interruptible(self, work: Callable[[], object]) -> None:
        """Do it in a thread of its own, so that Ctrl-C reaches the query, and not the shell."""
        faults: list[BaseException] = []

        def try_it() -> None:
            try:
                work()
            except BaseException as error:  # noqa: BLE001 - raised again in the thread that waits
                faults.append(error)

        thread = threading.Thread(target=try_it)
        is_stopped = threading.Event()
        before = signal.signal(signal.SIGINT, lambda *_: is_stopped.set())
        try:
            thread.start()
            while thread.is_alive():
                thread.join(0.1)
                # Again and again: one that comes before the query has begun is forgotten by DuckDB.
                if is_stopped.is_set():
                    self._session.reader.interrupt()
        finally:
            signal.signal(signal.SIGINT, before)
        if faults:
            raise faults[0]


def history_file() -> Path:
    """Return where questions are kept: in the user's folder for what programs remember."""
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state"
    return Path(state) / "missionwire/sql_history"


def open_history(file: Path) -> History:
    """Return the history of a file that only its owner may read; one that is forgotten where that cannot be written."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
        file.chmod(0o600)
    except OSError as error:
        _say(f"{file}: {error.strerror}; questions are not kept")
        return InMemoryHistory()
    return FileHistory(str(file))


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("enter", filter=~(has_completions & completion_is_selected))
    def _end_or_go_on(event: KeyPressEvent) -> None:
        """Enter ends a statement that is complete, and begins a line in one that is not."""
        text = _dotted(event.current_buffer.text)
        if not has_words(text) or is_dot_command(text) or not has_words(split_statements(text)[1]):
            event.current_buffer.validate_and_handle()
        else:
            event.current_buffer.insert_text("\n")

    @keys.add("enter", filter=has_completions & completion_is_selected)
    def _take_completion(event: KeyPressEvent) -> None:
        event.current_buffer.complete_state = None

    return keys


def _dotted(text: str) -> str:
    word = text.strip().rstrip(";").rstrip().lower()
    return f".{word}" if word in _BARE_COMMANDS else text


def _say(text: str) -> None:
    sys.stderr.write(f"\x1b[2m{text}\x1b[0m\n")
    sys.stderr.flush()


def _complain(text: str) -> None:
    sys.stderr.write(f"\x1b[31m{text}\x1b[0m\n")
    sys.stderr.flush()
