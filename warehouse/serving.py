"""Published snapshots -> answers over the network: one locked DuckDB behind DuckDB's own Quack protocol.

Every question is answered from the newest snapshot. A new one is attached beside the old one under a name of its own
before any question is sent to it, and the old one is let go a while later, so that nobody waits, and nobody is cut off.
A client can read what is published and nothing else: snapshots are attached READ_ONLY, the instance may touch no file
outside its own folder and cannot be set otherwise any more, and each statement is screened before it is carried out.
docs/decisions/0019-one-locked-instance-for-a-team.md has the reasons.
"""

from __future__ import annotations

import os
import secrets
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb
from duckdb.func import FunctionNullHandling

from extractors.errors import WarehouseError
from warehouse.connection import explained
from warehouse.extensions import load_extension
from warehouse.screening import OWN_PREFIX, Screen
from warehouse.sql import read_query

# A question is sent to a snapshot by name, milliseconds before it holds it open: nobody is as slow as this.
_LET_GO_SECONDS = 20.0
_MOST_SPILL = "10GB"
# Who shows a wrong token waits before it is told so; guessing is slow then, even for one who guesses side by side.
_WRONG_TOKEN_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A published file as it is attached: its name in the instance, its file, and the macros that it brings."""

    name: str
    file: Path
    macros: frozenset[str]


@dataclass(frozen=True, slots=True)
class Question:
    """What is being answered: the session it came through, who asked it, its text, and for how long."""

    session: str
    holder: str
    sql: str
    seconds: float


class SqlServer:
    """A server of snapshots; `take_up` the first one, then `listen`.

    Args:
        folder: its own; snapshots are linked into it, and what does not fit into memory is spilled there.
        memory: DuckDB's memory limit for all clients together, such as 2GB.
        threads: for all clients together; 0 leaves it to DuckDB.
        holder_of: whose token this is; an empty text for one that nobody has.
    """

    def __init__(self, folder: Path, *, memory: str, threads: int, holder_of: Callable[[str], str]) -> None:
        self._folder = folder.resolve()
        self._holder_of = holder_of
        self._screen = Screen()
        self._sessions: dict[str, str] = {}
        self._unseen: set[str] = set()
        self._taken: tuple[int, int, int] | None = None
        self._count = 0
        self._current: Snapshot | None = None
        self._old: list[tuple[float, Snapshot]] = []
        self._uri = ""
        self._refused = 0
        with explained(folder):
            self._connection = _open_locked(self._folder, memory, threads)
            self._install_callbacks()

    def take_up(self, published: Path) -> bool:
        """Answer from now on from what is published, if that is another file than before.

        Raises:
            WarehouseError: it cannot be opened; what was served is served still.
        """
        try:
            found = published.stat()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise WarehouseError(published, f"cannot be looked at: {error.strerror or error}") from error
        stamp = (found.st_ino, found.st_mtime_ns, found.st_size)
        if stamp == self._taken:
            return False
        # Also where it cannot be opened: it is tried again when there is another.
        self._taken = stamp
        snapshot = self._attach(published)
        if self._current:
            self._old.append((time.monotonic(), self._current))
        self._current = snapshot
        return True

    def listen(self, address: str) -> None:
        """Let clients come.

        Raises:
            WarehouseError: the address cannot be used.
        """
        self._uri = f"quack:{address}"
        # The callback knows who may come; the server's own token is nobody's.
        arguments = {"uri": self._uri, "token": secrets.token_hex()}
        try:
            self._connection.execute(read_query("serve_quack"), arguments)
        except duckdb.Error as error:
            raise WarehouseError(self._uri, f"cannot be served: {error}") from error

    def let_go(self) -> None:
        """Detach snapshots that nobody can be sent to any more; a result that is still being read keeps its own."""
        now = time.monotonic()
        while self._old and now - self._old[0][0] > _LET_GO_SECONDS:
            _, snapshot = self._old.pop(0)
            with explained(snapshot.file):
                self._connection.execute(f"DETACH {snapshot.name}")
            snapshot.file.unlink(missing_ok=True)

    def questions(self) -> tuple[Question, ...]:
        """What is being answered now, and what was asked by clients that have not read all of it yet."""
        with explained(self._folder):
            rows = self._connection.execute(read_query("list_quack_connections")).fetchall()
        self._forget_sessions_but({row[0] for row in rows})
        return tuple(
            Question(session, self._holder_of(self._sessions.get(session, "")), sql, seconds)
            for session, sql, is_active, seconds in rows
            if is_active
        )

    def refused_count(self) -> int:
        """How many clients came with a wrong token since this was last asked."""
        count, self._refused = self._refused, 0
        return count

    def close(self) -> None:
        """Stop listening, end all sessions, and clear the folder."""
        with suppress(duckdb.Error):
            self._connection.execute("CALL quack_stop($uri)", {"uri": self._uri})
        self._connection.close()
        self._screen.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _attach(self, published: Path) -> Snapshot:
        self._count += 1
        name = f"snapshot_{self._count}"
        file = self._folder / f"{name}.duckdb"
        try:
            _link(published, file)
        except OSError as error:
            raise WarehouseError(file, f"the snapshot cannot be put here: {error.strerror or error}") from error
        try:
            with explained(published):
                self._connection.execute("ATTACH '{}' AS {} (READ_ONLY)".format(str(file).replace("'", "''"), name))
                rows = self._connection.execute(read_query("list_table_macros"), {"database": name}).fetchall()
        except WarehouseError:
            file.unlink(missing_ok=True)
            raise
        return Snapshot(name, file, frozenset(row[0] for row in rows))

    def _install_callbacks(self) -> None:
        self._connection.create_function(
            f"{OWN_PREFIX}admit",
            self._admit,
            ["varchar"] * 3,
            "boolean",
            null_handling=FunctionNullHandling.SPECIAL,
            side_effects=True,
        )
        self._connection.create_function(
            f"{OWN_PREFIX}allow",
            self._allow,
            ["varchar"] * 2,
            "varchar",
            null_handling=FunctionNullHandling.SPECIAL,
            side_effects=True,
        )
        for setting in _LOCK:
            self._connection.execute(setting)

    def _admit(self, session: str, token: str, _: str) -> bool:
        """Quack asks when a client comes."""
        if not self._holder_of(token or ""):
            self._refused += 1
            time.sleep(_WRONG_TOKEN_SECONDS)
            return False
        self._sessions[session] = token
        return True

    def _allow(self, session: str, sql: str) -> str | None:
        """Quack asks before each statement, and carries out what this returns; None refuses without a reason."""
        if not self._holder_of(self._sessions.get(session, "")) or self._current is None:
            return None
        snapshot = self._current
        reason = self._screen.refuse(sql, snapshot.macros)
        if not reason:
            return f"USE {snapshot.name};\n{sql}"
        if sql.lstrip()[:6].upper() == "INSERT":
            # Rows that a client sends are only announced by such a statement, and any text would let them in.
            return None
        return "SELECT error('missionwire: {}')".format(reason.replace("'", "''"))

    def _forget_sessions_but(self, alive: set[str]) -> None:
        """One that was just admitted is not listed yet: only who is missing twice has gone."""
        missing = set(self._sessions) - alive
        for session in missing & self._unseen:
            del self._sessions[session]
        self._unseen = missing


# In this order: after the last two nothing can be set, and no file be touched outside the allowed folder.
_LOCK = (
    f"SET GLOBAL quack_authentication_function = '{OWN_PREFIX}admit'",
    f"SET GLOBAL quack_authorization_function = '{OWN_PREFIX}allow'",
    "SET GLOBAL TimeZone = 'UTC'",
    "SET GLOBAL python_enable_replacements = false",
    "SET GLOBAL allow_community_extensions = false",
    "SET GLOBAL enable_external_access = false",
    "SET GLOBAL lock_configuration = true",
)


def _open_locked(folder: Path, memory: str, threads: int) -> duckdb.DuckDBPyConnection:
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "memory_limit": memory,
        "temp_directory": str(folder / "spill"),
        "max_temp_directory_size": _MOST_SPILL,
    }
    connection = duckdb.connect(":memory:", config={**config, **({"threads": threads} if threads else {})})
    # Quack takes its random numbers from httpfs.
    for extension in ("httpfs", "quack"):
        load_extension(connection, extension)
    connection.execute("SET GLOBAL allowed_directories = ['{}/']".format(str(folder).replace("'", "''")))
    return connection


def _link(published: Path, file: Path) -> None:
    """The same bytes under a second name, which stay when the first one is given to another file."""
    try:
        os.link(published, file)
    except OSError:
        # On another disk, or one without links.
        shutil.copyfile(published, file)
