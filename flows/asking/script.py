"""Text or lines -> statements and dot commands, one after the other; what fails does not stop those behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from extractors.errors import MissionwireError, SettingsError
from flows.asking.dot_commands import is_dot_command, run_dot_command
from flows.asking.session import Session
from flows.progress import log
from warehouse.statements import has_words, split_statements


def run_text(session: Session, text: str) -> None:
    """Answer all statements of a text; the first that fails ends it.

    Raises:
        WarehouseError: a statement cannot be answered.
        SettingsError: there is no statement in it.
    """
    ended, rest = split_statements(text)
    statements = [*ended, *([rest] if has_words(rest) else [])]
    if not statements:
        raise SettingsError('there is no question in it; right would be: missionwire sql "from facts"')
    for statement in statements:
        session.answer(statement)


def run_lines(session: Session, lines: Iterable[str]) -> int:
    """Answer statements and dot commands as their lines come in, and return how many failed."""
    failed = 0
    try:
        for text in _parts(lines):
            failed += not _done(session, text)
    except EOFError:
        log.debug("left by .quit")
    return failed


def read_script(file: Path) -> list[str]:
    """Return the lines of a file of statements.

    Raises:
        SettingsError: it cannot be read.
    """
    try:
        return file.read_text(encoding="utf-8").splitlines(keepends=True)
    except UnicodeDecodeError as error:
        raise SettingsError(f"{file} is not UTF-8") from error
    except OSError as error:
        raise SettingsError(f"{file}: {error.strerror or error}") from error


def _parts(lines: Iterable[str]) -> Iterator[str]:
    pending = ""
    for line in lines:
        if not pending.strip() and is_dot_command(line):
            yield line
            continue
        ended, pending = split_statements(f"{pending}{line}" if line.endswith("\n") else f"{pending}{line}\n")
        yield from ended
    if has_words(pending):
        yield pending


def _done(session: Session, text: str) -> bool:
    try:
        if is_dot_command(text):
            run_dot_command(session, text, read=lambda file: run_lines(session, read_script(file)))
        else:
            session.answer(text)
    except MissionwireError as error:
        log.error("%s", error)
        return False
    return True
