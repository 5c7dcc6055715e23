"""Line that begins with a dot or a backslash -> what it changes in the session, or tells of the warehouse."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from extractors.errors import SettingsError
from flows.asking.dictionary import write_columns, write_tables
from flows.asking.forms import FORMS
from flows.asking.session import Session
from warehouse.examples import read_examples
from warehouse.suggesting import suggest

ReadFile = Callable[[Path], object]


@dataclass(frozen=True, slots=True)
class DotCommand:
    """A command of the shell: what stands behind its name, what it does, and what does it."""

    argument: str
    meaning: str
    work: Callable[[Session, str], None]


def is_dot_command(text: str) -> bool:
    """Say whether a line is a command of the shell."""
    return text.lstrip().startswith((".", "\\"))


def run_dot_command(session: Session, line: str, *, read: ReadFile) -> None:
    """Do what a line asks for.

    Args:
        session: what it changes or tells of.
        line: the command with its argument.
        read: what answers the statements of a file.

    Raises:
        SettingsError: there is no such command, or its argument does not fit.
        EOFError: the shell is to be left.
    """
    name, _, argument = line.strip().rstrip(";").strip()[1:].partition(" ")
    name = _SHORT.get(name, name)
    if name == "read":
        read(_path(argument))
        return
    if name not in COMMANDS:
        nearest = suggest(name, tuple(COMMANDS))
        raise SettingsError(f"there is no .{name}; " + (f"nearest: .{nearest[0]}" if nearest else ".help lists all"))
    COMMANDS[name].work(session, argument.strip())


def _tables(session: Session, argument: str) -> None:
    if argument:
        _columns(session, argument)
    else:
        write_tables(session.names, session.stream, session.look)


def _columns(session: Session, argument: str) -> None:
    if not argument:
        raise SettingsError("name a view, as in .columns facts")
    write_columns(session.names, argument, session.stream, session.look)


def _mode(session: Session, argument: str) -> None:
    if not argument:
        session.tell(f"mode {session.form}; there are {', '.join(FORMS)}")
        return
    if argument not in FORMS:
        raise SettingsError(f"there is no mode {argument}; there are {', '.join(FORMS)}")
    session.form = argument


def _output(session: Session, argument: str) -> None:
    file = _path(argument) if argument not in ("", "-", "stdout") else None
    session.send_to(file)
    session.tell(f"answers go to {file}; .output alone brings them back" if file else "answers go to the screen")


def _timer(session: Session, argument: str) -> None:
    if argument not in ("", "on", "off"):
        raise SettingsError("right would be .timer on or .timer off")
    session.is_timed = argument != "off" if argument else not session.is_timed
    session.tell(f"timer {'on' if session.is_timed else 'off'}")


def _reload(session: Session, _: str) -> None:
    session.take_up()
    session.tell("the newest publication is asked from now on")


def _examples(session: Session, _: str) -> None:
    for example in read_examples():
        session.stream.write(f"-- {example.question}\n{example.sql};\n\n")


def _help(session: Session, _: str) -> None:
    session.stream.write("A question is SQL and ends with ; - it may have several lines. Ctrl-C ends what runs.\n")
    width = max(len(f"{name} {command.argument}") for name, command in COMMANDS.items())
    for name, command in COMMANDS.items():
        session.stream.write(f".{f'{name} {command.argument}':<{width}}  {command.meaning}\n")


def _quit(_: Session, __: str) -> None:
    raise EOFError


def _no_work(_: Session, __: str) -> None:
    """What .read does is given by whoever reads lines."""


def _path(argument: str) -> Path:
    try:
        (word,) = shlex.split(argument)
    except ValueError as error:
        # No word, several, or a quote that is not closed.
        raise SettingsError("name one file; one with spaces or a quote in its name stands between quotes") from error
    return Path(word).expanduser()


COMMANDS: dict[str, DotCommand] = {
    "tables": DotCommand("[VIEW]", "views, questions with an argument and tables, and what a row of each is", _tables),
    "columns": DotCommand("VIEW", "its columns with types and meanings", _columns),
    "schema": DotCommand("VIEW", "the same", _columns),
    "mode": DotCommand("[MODE]", f"form of the answers: {', '.join(FORMS)}", _mode),
    "output": DotCommand("[FILE]", "write answers to a file, over what is there; without one to the screen", _output),
    "read": DotCommand("FILE", "answer the statements of a file", _no_work),
    "timer": DotCommand("[on|off]", "tell rows and seconds of each answer", _timer),
    "examples": DotCommand("", "questions to begin with", _examples),
    "reload": DotCommand("", "take up the newest publication now", _reload),
    "help": DotCommand("", "this list", _help),
    "quit": DotCommand("", "leave; Ctrl-D does so, too", _quit),
}
_SHORT = {
    "d": "tables",
    "dt": "tables",
    "q": "quit",
    "exit": "quit",
    "h": "help",
    "?": "help",
    "timing": "timer",
    "i": "read",
    "o": "output",
}
