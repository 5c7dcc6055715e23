"""SQL -> an answer on stdout: one question, or a shell of them, read-only on the published snapshot."""

from __future__ import annotations

import sys
from pathlib import Path

from extractors.errors import MissionwireError, SettingsError
from flows.progress import log
from flows.tables import write_csv, write_json, write_table
from warehouse.query import run_query, write_parquet

_PROMPT = "missionwire> "
_CONTINUATION = "        ...> "


def ask(published: Path, query: str | None, *, as_csv: bool, as_json: bool, parquet: Path | None) -> None:
    """Answer one question in the form asked for; without one, open a shell.

    Raises:
        SettingsError: there is no snapshot yet, or the forms asked for exclude each other.
        WarehouseError: the question is not SQL, or names what is not there.
    """
    if not published.exists():
        raise SettingsError(f"{published} does not exist yet; 'missionwire demo' or 'missionwire run' makes one")
    if as_csv + as_json + (parquet is not None) > 1:
        raise SettingsError("--csv, --json and --parquet exclude each other; choose one")
    if query is None:
        _shell(published)
    elif parquet is not None:
        write_parquet(published, query, parquet)
        log.info("written: %s", parquet)
    else:
        write = write_csv if as_csv else write_json if as_json else write_table
        write(run_query(published, query), sys.stdout)


def _shell(published: Path) -> None:
    """Read statements that end with a semicolon, until the end of input."""
    try:
        import readline  # noqa: F401, PLC0415 - importing it is what gives input() a history
    except ImportError:
        log.debug("no readline here: the shell has no history")
    is_terminal = sys.stdin.isatty()
    if is_terminal:
        log.info("%s, read-only; end a statement with ; and leave with Ctrl-D", published)
    pending, failed = "", 0
    while True:
        try:
            line = input((_CONTINUATION if pending else _PROMPT) if is_terminal else "")
        except EOFError:
            break
        pending = f"{pending}\n{line}".strip()
        if pending.endswith(";"):
            failed += not _answer(published, pending)
            pending = ""
    failed += bool(pending) and not _answer(published, pending)
    if failed and not is_terminal:
        raise SystemExit(2)


def _answer(published: Path, statement: str) -> bool:
    try:
        write_table(run_query(published, statement), sys.stdout)
    except MissionwireError as error:
        log.error("%s", error)
        return False
    return True
