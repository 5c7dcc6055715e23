"""Statement -> the same, or a refusal: asking reads files, and writes none unless told.

The ledger is opened read-only, so DuckDB attaches every other database read-only, too; what is left are statements that
write files of their own. Settings that name files to write to are locked.
"""

from __future__ import annotations

from pathlib import Path

from extractors.errors import WarehouseError
from warehouse.connection import Connection
from warehouse.sql import read_query
from warehouse.statements import Token, read_tokens

_TELL = "missionwire sql writes no files unless told: --write-files"
# A DuckDB file has these four bytes behind its first checksum.
_MAGIC = b"DUCK"
# Also between quotes: as a quoted name, or in a statement that is handed to query('...').
_WRITING_CALLS = ("enable_logging", "enable_profiling")


class RefusedError(WarehouseError):
    """A statement that would write where nobody allowed it."""

    def __str__(self) -> str:
        return self.problem


def lock_settings(connection: Connection, *, is_lake: bool = False) -> None:
    """Lock all settings but those that only change how a question is answered; done again, it changes nothing.

    Args:
        is_lake: DuckDB has been asked for a lake's keys by then, and has nowhere to keep others.
    """
    (is_locked,) = connection.execute("SELECT current_setting('lock_configuration')").fetchone() or (False,)
    if not is_locked:
        connection.execute(read_query("allow_settings"))
        if not is_lake:
            connection.execute("SET allow_persistent_secrets = false")
        connection.execute("SET lock_configuration = true")


def check_statement(statement: str, *, may_write_files: bool) -> None:
    """Let a statement pass that writes no file, or that may.

    Raises:
        RefusedError: it would write a file, or over a database.
    """
    tokens = read_tokens(statement)
    words = [token.word for token in tokens]
    if not may_write_files:
        _check_writes_nothing(words, tokens)
    elif _writes_copy(words, tokens) or words[:1] == ["EXPORT"]:
        _check_target(tokens, words)


def check_file(target: Path) -> None:
    """Let a file be written that is no database: no ledger is ever overwritten by an answer.

    Raises:
        RefusedError: a DuckDB database lies there.
    """
    if target.is_file():
        with target.open("rb") as file:
            if file.read(12)[8:] == _MAGIC:
                raise RefusedError(target, f"{target} is a DuckDB database, and is not overwritten; name another file")


def _check_writes_nothing(words: list[str], tokens: tuple[Token, ...]) -> None:
    if _writes_copy(words, tokens):
        raise RefusedError("COPY", f"COPY ... TO writes a file, and {_TELL}")
    if words[:1] == ["EXPORT"]:
        raise RefusedError("EXPORT", f"EXPORT DATABASE writes files, and {_TELL}")
    if words[:1] == ["INSTALL"] or words[:2] in (["FORCE", "INSTALL"], ["UPDATE", "EXTENSIONS"]):
        raise RefusedError("INSTALL", f"{' '.join(words[:2])} downloads and writes files, and {_TELL}")
    called = next((call for call in _WRITING_CALLS for token in tokens if call in token.text.lower()), None)
    if called:
        raise RefusedError(called, f"{called} may write files, and {_TELL}")


def check_attach(statement: str) -> None:
    """Let no file be attached for writing beside a lake: there DuckDB's own database is in memory, and not read-only.

    Raises:
        RefusedError: it does not say READ_ONLY.
    """
    words = [token.word for token in read_tokens(statement)]
    if "ATTACH" in words[:2] and "READ_ONLY" not in words:
        raise RefusedError("ATTACH", f"ATTACH may write a file unless it says (READ_ONLY), and {_TELL}")


def _writes_copy(words: list[str], tokens: tuple[Token, ...]) -> bool:
    """A COPY with a TO of its own, also where EXPLAIN or PREPARE stand before it."""
    starts_so = words[:1] in (["COPY"], ["EXPLAIN"], ["PREPARE"])
    return starts_so and "COPY" in words and _place_of_to(words, tokens) is not None


def _place_of_to(words: list[str], tokens: tuple[Token, ...]) -> int | None:
    depth = 0
    for place in range(words.index("COPY"), len(words)):
        depth += tokens[place].text.startswith("(") - tokens[place].text.startswith(")")
        if depth == 0 and words[place] == "TO":
            return place
    return None


def _check_target(tokens: tuple[Token, ...], words: list[str]) -> None:
    place = _place_of_to(words, tokens) if "COPY" in words else words.index("EXPORT")
    target = next((token for token in tokens[(place or 0) + 1 :] if token.is_string), None)
    if target is None or not target.unquoted:
        raise RefusedError("COPY", "name the file to write between single quotes, as in TO 'answer.csv'")
    check_file(Path(target.unquoted).expanduser())
