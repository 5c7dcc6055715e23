"""Text before the cursor -> what may follow: views after FROM, columns of views asked, SQL words, dot commands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from flows.asking.dot_commands import COMMANDS, is_dot_command
from flows.asking.forms import FORMS
from warehouse.names import Names

_WORD = re.compile(r"[\w.]*$")
_TABLE_FOLLOWS = re.compile(r"\b(?:from|join|describe|summarize|show|into)\s+$", re.IGNORECASE)
_ASKED = re.compile(r"\b(?:from|join)\s+(?P<table>[\w.]+)(?:\([^)]*\))?(?:\s+(?:as\s+)?(?P<alias>\w+))?", re.IGNORECASE)
_IN_STRING = re.compile(r"^(?:[^']|'[^']*')*'[^']*$", re.DOTALL)


class SqlCompleter(Completer):
    """Completes statements and dot commands with the names of the snapshot that is asked at the moment."""

    def __init__(self, names: Callable[[], Names]) -> None:
        self._names = names

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:  # noqa: ARG002
        """Yield what may stand at the cursor, the likeliest first."""
        before = document.text_before_cursor
        if is_dot_command(before):
            yield from _matching(*_dot_command_choices(before, self._names()))
        elif not _IN_STRING.match(before):
            yield from _matching(*_statement_choices(before, document.text, self._names()))


def _dot_command_choices(before: str, names: Names) -> tuple[str, list[str]]:
    command, space, argument = before.lstrip()[1:].partition(" ")
    if not space:
        return command, list(COMMANDS)
    if command == "mode":
        return argument, list(FORMS)
    if command in {"output", "read", "o", "i"}:
        return argument, _files(argument)
    if command in {"columns", "schema", "tables", "d"}:
        return argument, [name.partition("(")[0] for name in names.tables]
    return argument, []


def _statement_choices(before: str, text: str, names: Names) -> tuple[str, list[str]]:
    found = _WORD.search(before)
    word = found[0] if found else ""
    tables = {name.partition("(")[0]: name for name in names.tables}
    asked = _tables_asked(text)
    owner, dot, prefix = word.rpartition(".")
    if dot and owner.lower() in asked:
        return prefix, [name for name, _, _ in names.columns_of(asked[owner.lower()])]
    places = [name if "(" not in tables[name] else f"{name}(" for name in tables]
    if dot or _TABLE_FOLLOWS.search(before[: len(before) - len(word)]):
        return word, places
    columns = [name for table in dict.fromkeys(asked.values()) for name, _, _ in names.columns_of(table)]
    keywords = [key.upper() if word.isupper() or not word else key for key in names.keywords]
    functions = [f"{name}(" for name in names.functions] if len(word) > 1 else []
    return word, [*dict.fromkeys([*columns, *asked, *keywords, *places, *functions])]


def _tables_asked(text: str) -> dict[str, str]:
    """Return alias and name of each view that a statement asks, both in small letters, to the name."""
    asked: dict[str, str] = {}
    for found in _ASKED.finditer(text):
        table = found["table"]
        asked[table.lower()] = table
        asked[(found["alias"] or table).lower()] = table
    return asked


def _files(argument: str) -> list[str]:
    folder = Path(argument).expanduser()
    folder = folder if argument.endswith("/") else folder.parent
    if not folder.is_dir():
        return []
    kept = argument[: argument.rfind("/") + 1]
    return sorted(kept + entry.name + ("/" if entry.is_dir() else "") for entry in folder.iterdir())


def _matching(word: str, choices: Iterable[str]) -> Iterator[Completion]:
    start = word.lower()
    for choice in choices:
        if choice.lower().startswith(start) and choice != word:
            yield Completion(choice, start_position=-len(word))
