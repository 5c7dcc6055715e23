"""Address -> attached lake: what a DuckLake is, how it is opened, and who may write to it. Nobody else knows.

Rows lie as Parquet in a folder or at an S3 address, the catalog in PostgreSQL, or in SQLite for one machine. One writes
at a time, as with a file: DuckLake lets two that append at once both through, and what both have read would be there
twice. So a writer holds a lock for as long as it has the lake open, and another one waits for it; readers hold none.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import duckdb
from filelock import FileLock, Timeout

from extractors.errors import WarehouseError
from warehouse.sql import read_query

_PREFIX = "ducklake:"
_CATALOGS = {"postgres": "postgres_scanner", "sqlite": "sqlite_scanner"}
# As libpq reads them: between quotes (doubled where SQL is repeated) or up to a space, either with backslashes.
_SECRETS = re.compile(
    r"(password\s*=\s*)(''(?:[^'\\]|\\.)*''|'(?:[^'\\]|\\.)*'|(?:\\.|\S)+)|(://[^:/@\s]+:)[^@\s]+(?=@)"
)

_UNREACHED = re.compile(r"(connection to server|could not translate host name) .*")
_OTHER_FOLDER = re.compile(r'does not match existing data path in the catalog "(?P<folder>.*)"')
# What DuckLake says instead of a lake that is not there yet.
_UNMADE = ("creating a new DuckLake is explicitly disabled", "Unable to open database")

_MACRO_COMMENT = re.compile(r"^COMMENT ON MACRO .*?';$", re.MULTILINE | re.DOTALL)

# Loads take seconds, the first one after an upgrade minutes.
_PATIENCE_SECONDS = 600
# Any number does that no other program of the same database uses for its own locks: "mission" in ASCII.
_LOCK_KEY = 0x6D697373696F6E


@dataclass(frozen=True, slots=True)
class Lake:
    """A DuckLake in the place of the warehouse's file.

    Args:
        catalog: `ducklake:postgres:dbname=... host=...` or `ducklake:sqlite:FILE`.
        data_path: the folder or `s3://` address of its Parquet files; where it is empty, as the catalog has it.
    """

    catalog: str
    data_path: str = ""

    def __str__(self) -> str:
        """The address without its password: it stands in messages."""
        return without_passwords(self.catalog)

    @property
    def kind(self) -> str:
        """`postgres` or `sqlite`."""
        return self.catalog.split(":", 2)[1]

    @property
    def place(self) -> str:
        """The catalog's own address: a connection string of PostgreSQL, or a file."""
        return self.catalog.split(":", 2)[2]

    @property
    def is_local(self) -> bool:
        """Whether its files are known to lie in a folder; without a path only the catalog knows."""
        return bool(self.data_path) and "://" not in self.data_path

    def exists(self) -> bool:
        """Whether a run has filled it; one that cannot be reached is told of when it is opened."""
        if self.kind == "sqlite" and not Path(self.place).exists():
            return False
        connection = duckdb.connect()
        try:
            attach_lake(connection, self, read_only=True)
        except duckdb.Error as error:
            return not any(sign in str(error) for sign in _UNMADE)
        finally:
            connection.close()
        return True


Address = Path | Lake


def read_address(text: str | Path, *, data_path: str = "") -> Address:
    """Tell a lake's address from a file's.

    Raises:
        ValueError: it is a lake's, and names no catalog that can be used.
    """
    if not str(text).startswith(_PREFIX):
        return Path(text)
    parts = str(text).split(":", 2)
    if len(parts) != 3 or parts[1] not in _CATALOGS or not parts[2]:
        right = "ducklake:postgres:dbname=missionwire host=db.example or ducklake:sqlite:FILE"
        raise ValueError(f"{Lake(str(text))} is no lake's address; right would be {right}")
    return Lake(str(text), data_path)


def attach_lake(connection: duckdb.DuckDBPyConnection, lake: Lake, *, read_only: bool) -> None:
    """Make the lake the database that statements mean; temporary tables stay in memory."""
    _attach(connection, lake, "lake", read_only=read_only)
    connection.execute("USE lake")


def forget_deleted(connection: duckdb.DuckDBPyConnection) -> None:
    """Write files anew without what was deleted, and remove the old ones with the snapshots that read them."""
    for query in ("flush_lake", "rewrite_lake", "expire_lake", "clean_lake"):
        connection.execute(read_query(query))


def attach_source(connection: duckdb.DuckDBPyConnection, address: Address) -> None:
    """Attach a ledger beside another one, for reading, under the name `source`."""
    if isinstance(address, Lake):
        _attach(connection, address, "source", read_only=True)
    else:
        connection.execute(f"ATTACH {_quoted(str(address))} AS source (READ_ONLY)")


def _attach(connection: duckdb.DuckDBPyConnection, lake: Lake, name: str, *, read_only: bool) -> None:
    from warehouse.extensions import load_extension  # noqa: PLC0415 - it opens connections of its own kind

    for extension in ("ducklake", _CATALOGS[lake.kind]):
        load_extension(connection, extension)
    if not lake.is_local:
        load_extension(connection, "httpfs")
    connection.execute("SET enable_progress_bar = false")
    # Keys are told by the environment each time, and none are kept in a file.
    if name == "lake":
        connection.execute("SET secret_directory = '/dev/null'")
    _tell_keys(connection)
    options = [f"DATA_PATH {_quoted(lake.data_path)}"] if lake.data_path else []
    options += ["READ_ONLY"] if read_only else []
    told = f" ({', '.join(options)})" if options else ""
    connection.execute(f"ATTACH {_quoted(lake.catalog)} AS {name}{told}")


def without_passwords(text: str) -> str:
    """Star out passwords, which DuckDB repeats in its messages with the address that they are part of."""
    return _SECRETS.sub(lambda found: f"{found[1] or found[3]}***", text)


def explain_lake(message: str) -> str:
    """What DuckDB's words mean where a lake is their reason, without passwords; "" where it is none."""
    if unreached := _UNREACHED.search(message):
        return f"its PostgreSQL lets nobody in ({without_passwords(unreached[0].strip())})"
    if other := _OTHER_FOLDER.search(message):
        return f"its files are in {other['folder']}, and no other place will do; set MISSIONWIRE_LAKE_DATA to that"
    if any(sign in message for sign in _UNMADE):
        return "does not exist yet; the first run of missionwire fills it"
    return "rows or files of the lake were removed while it was open; ask again" if is_stale(message) else ""


def is_stale(message: str) -> bool:
    """Whether a lake was open for reading while it was tidied up: DuckLake goes on looking for what is no more."""
    # Which of them comes first is up to DuckDB's threads.
    is_aborted = "unsuccessful query result" in message and "transaction is aborted" in message
    return is_aborted or "Attempted to access index" in message or "has been invalidated" in message


def fit(address: Address, definition: str) -> str:
    """Leave out of a view's or macro's text what a lake does not take: comments on macros."""
    return _MACRO_COMMENT.sub("", definition) if isinstance(address, Lake) else definition


@contextmanager
def writing_alone(lake: Lake) -> Iterator[None]:
    """Hold the lake's lock; it ends with the process that holds it, however that ends.

    Raises:
        WarehouseError: another writer has held it for ten minutes, or the catalog cannot be reached.
    """
    with ExitStack() as held:
        try:
            if lake.kind == "sqlite":
                held.enter_context(FileLock(f"{lake.place}.lock", timeout=_PATIENCE_SECONDS, is_singleton=True))
            else:
                _lock_catalog(held, lake)
        except (Timeout, duckdb.Error) as error:
            if isinstance(error, Timeout) or "lock timeout" in str(error):
                problem = f"another machine has been writing for {_PATIENCE_SECONDS // 60} minutes; try again later"
            else:
                problem = explain_lake(str(error)) or without_passwords(str(error).strip().splitlines()[0])
            # The cause would repeat the password in a traceback.
            raise WarehouseError(str(lake), problem) from None
        yield


def _lock_catalog(held: ExitStack, lake: Lake) -> None:
    """An advisory lock of a transaction that does nothing else, on a connection of its own."""
    from warehouse.extensions import load_extension  # noqa: PLC0415

    gate = held.enter_context(duckdb.connect())
    # Whoever waits for a lock shows no bar on the standard output.
    gate.execute("SET enable_progress_bar = false")
    load_extension(gate, "postgres_scanner")
    gate.execute(f"ATTACH {_quoted(lake.place)} AS gate (TYPE postgres)")
    gate.execute("BEGIN TRANSACTION")
    held.callback(_end, gate)
    gate.execute(f"CALL postgres_execute('gate', 'SET LOCAL lock_timeout = ''{_PATIENCE_SECONDS}s''')")
    gate.execute(f"CALL postgres_execute('gate', 'SELECT pg_advisory_xact_lock({_LOCK_KEY})')")


def _end(gate: duckdb.DuckDBPyConnection) -> None:
    with suppress(duckdb.Error):
        gate.execute("ROLLBACK")


def _tell_keys(connection: duckdb.DuckDBPyConnection) -> None:
    """Keys for S3 from the usual variables, kept in memory; without any, files of the public are read."""
    names = {"KEY_ID": "AWS_ACCESS_KEY_ID", "SECRET": "AWS_SECRET_ACCESS_KEY", "SESSION_TOKEN": "AWS_SESSION_TOKEN"}
    told = {name: os.environ[variable] for name, variable in names.items() if os.environ.get(variable)}
    if not told:
        return
    told["REGION"] = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1"
    parts = [f"{name} {_quoted(value)}" for name, value in told.items()]
    endpoint = urlsplit(os.environ.get("AWS_ENDPOINT_URL", ""))
    if endpoint.netloc:
        is_safe = str(endpoint.scheme == "https").lower()
        parts += [f"ENDPOINT {_quoted(endpoint.netloc)}", "URL_STYLE 'path'", f"USE_SSL {is_safe}"]
    connection.execute(f"CREATE OR REPLACE SECRET lake (TYPE s3, {', '.join(parts)})")


def _quoted(text: str) -> str:
    return "'{}'".format(text.replace("'", "''"))
