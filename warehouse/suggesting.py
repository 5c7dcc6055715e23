"""DuckDB's message -> the same, with the nearest names of ours: a mistyped one is nobody's dead end."""

from __future__ import annotations

import difflib
import re

import duckdb

from warehouse.connection import Connection
from warehouse.sql import read_query
from warehouse.statements import Token, read_tokens

_MISSING = re.compile(
    r"(?:Table (?:Function )?with name|(?:Scalar|Aggregate|Table|Macro)? ?Function with name|Schema with name"
    r"|Referenced (?:column|table)|does not have a column named) \"?(?P<name>\w+)"
)
# Columns whose words are few and fixed: a word that none of them has was mistyped.
_WORD_COLUMNS = frozenset(
    {
        "agreement", "copy_role", "currency", "date_precision", "kind", "language", "measure", "mission",
        "published_basis", "qualifier", "reason", "relation", "role", "stage", "state", "status", "subkind", "unit",
        "unit_class",
    }
)  # fmt: skip
_MANY = 12


def suggest(name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names nearest to a mistyped one, best first."""
    return tuple(difflib.get_close_matches(name.lower(), known, n=3, cutoff=0.6))


def explain_error(connection: Connection, message: str) -> str:
    """Return DuckDB's message with what helps: the nearest names, or who may write."""
    if "read-only" in message:
        return f"{message}\nThe published ledger is read-only; `missionwire run` is what writes."
    if "configuration has been locked" in message:
        return f"{message}\nmissionwire sql lets set what changes an answer's form or speed, and no other settings."
    missing = _MISSING.search(message)
    nearest = _nearest_names(connection, missing) if missing else ()
    return f"{message}\nNearest names: {', '.join(nearest)}" if nearest else message


def _nearest_names(connection: Connection, missing: re.Match[str]) -> tuple[str, ...]:
    try:
        known = _known_names(connection, is_function="unction with name" in missing[0])
    except duckdb.Error:
        # A transaction of the user's own that failed lets nothing more be asked.
        return ()
    return tuple(name for name in suggest(missing["name"], known) if name != missing["name"].lower())


def hint_at_words(connection: Connection, statement: str) -> str:
    """Return why an answer may be empty: `kind = 'casualties'` asks for a word that no row has; else ""."""
    tokens = read_tokens(statement)
    asked = {token.word.lower() for token in tokens} - {""}
    hints = [
        _hint_at_word(connection, asked, column.word.lower(), word)
        for column, operator, word in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if operator.text == "=" and word.is_string and column.word.lower() in _WORD_COLUMNS
    ]
    return "\n".join(filter(None, hints))


def _hint_at_word(connection: Connection, asked: set[str], column: str, token: Token) -> str:
    views = connection.execute(read_query("list_views_with_column"), {"column": column}).fetchall()
    word, known = token.unquoted, set[str]()
    for view in asked.intersection(name for (name,) in views):
        # Names cannot be parameters, and these come from the catalog.
        found = connection.execute(f'SELECT DISTINCT "{column}" FROM "{view}" WHERE "{column}" IS NOT NULL').fetchall()  # noqa: S608
        known.update(str(value) for (value,) in found)
    if not known or word in known:
        return ""
    nearest = suggest(word, tuple(sorted(known)))
    told = ", ".join(nearest or sorted(known)[:_MANY])
    return f"no row has {column} = '{word}'; {'nearest' if nearest else 'there are'}: {told}"


def _known_names(connection: Connection, *, is_function: bool) -> tuple[str, ...]:
    names = [name for row in connection.execute(read_query("list_names")).fetchall() for name in row[:2]]
    macros = [row[0] for row in connection.execute(read_query("list_macros")).fetchall()]
    if is_function:
        functions = [name for (name,) in connection.execute(read_query("list_functions")).fetchall()]
        return tuple(dict.fromkeys([*macros, *functions]))
    return tuple(dict.fromkeys([*names, *macros]))
