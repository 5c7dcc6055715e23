"""Question -> its answer on stdout or in a file; without one a script from stdin, or a shell on a terminal."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from extractors.errors import SettingsError
from flows.asking.dictionary import write_columns, write_tables
from flows.asking.grid import Look
from flows.asking.script import read_script, run_lines, run_text
from flows.asking.session import Session
from flows.progress import log
from warehouse.lake import Address, Lake
from warehouse.questions import Reader
from warehouse.statements import has_words, split_statements


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked, and how it is to be answered.

    `form` is one of forms.FORMS; `parquet` and `arrow` name a file, or `-` for stdout.
    """

    query: str | None = None
    script: Path | None = None
    form: str = "table"
    parquet: str | None = None
    arrow: str | None = None
    may_write_files: bool = False


def ask(published: Address, wish: Wish) -> None:
    """Answer what is asked.

    Raises:
        SettingsError: there is no snapshot yet, or no question.
        WarehouseError: the question is not SQL, or names what is not there.
    """
    with _open(published, may_write_files=wish.may_write_files) as reader:
        if wish.parquet or wish.arrow:
            _write_file(reader, _statements(wish), wish)
            return
        session = Session(reader, form=wish.form, look=_look())
        try:
            _answer(session, published, wish)
        finally:
            session.send_to(None)


def tell_tables(published: Address, name: str | None) -> None:
    """Print the data dictionary, or the columns of one view.

    Raises:
        SettingsError: there is no snapshot yet, or no such view.
    """
    with _open(published) as reader:
        names = Session(reader).names
        if name:
            write_columns(names, name, sys.stdout, _look())
        else:
            write_tables(names, sys.stdout, _look())


def _answer(session: Session, published: Address, wish: Wish) -> None:
    if wish.query not in (None, "-"):
        run_text(session, str(wish.query))
    elif wish.script is None and wish.query is None and sys.stdin.isatty() and sys.stdout.isatty():
        from flows.asking.shell import Shell  # noqa: PLC0415 - the line editor takes a quarter second

        Shell(session, published).run()
    elif run_lines(session, read_script(wish.script) if wish.script and str(wish.script) != "-" else sys.stdin):
        raise SystemExit(2)


def _open(published: Address, *, may_write_files: bool = False) -> Reader:
    if not published.exists():
        raise SettingsError(f"{published} does not exist yet; {_advice(published)}")
    return Reader(published, may_write_files=may_write_files)


def _advice(published: Address) -> str:
    """Name the ledgers that lie near where one was looked for: a folder too high, too low, or beside."""
    if isinstance(published, Lake):
        return "'missionwire run' fills it"
    data = published.parent.parent
    near = [*data.glob("*/published/missionwire.duckdb"), *data.parent.glob("*/published/missionwire.duckdb")]
    near += [place for place in (data.parent / "published" / published.name, data / published.name) if place.exists()]
    folders = sorted({str(file.parent.parent if file.parent.name == "published" else file.parent) for file in near})
    folders = [folder for folder in folders if folder != str(data)]
    if folders:
        return f"there is one for --data {' and one for --data '.join(folders)}"
    return "'missionwire demo' or 'missionwire run' makes one"


def _look() -> Look:
    if not sys.stdout.isatty():
        return Look()
    return Look(width=shutil.get_terminal_size().columns, is_coloured=True)


def _statements(wish: Wish) -> list[str]:
    text = wish.query if wish.query not in (None, "-") else None
    if text is None:
        lines = read_script(wish.script) if wish.script and str(wish.script) != "-" else sys.stdin
        text = "".join(lines)
    ended, rest = split_statements(text)
    return [*ended, *([rest] if has_words(rest) else [])]


def _write_file(reader: Reader, statements: list[str], wish: Wish) -> None:
    """Write the last statement's answer; those before it prepare it."""
    from warehouse.answer_files import (  # noqa: PLC0415 - Arrow takes a quarter second
        stream_arrow,
        stream_parquet,
        write_arrow_file,
        write_parquet_file,
    )

    if not statements:
        raise SettingsError('there is no question; right would be: missionwire sql --parquet FILE "from facts"')
    for statement in statements[:-1]:
        for _ in reader.ask(statement).batches:
            pass
    target = wish.parquet or wish.arrow
    assert target is not None
    if target == "-":
        (stream_parquet if wish.parquet else stream_arrow)(reader, statements[-1], sys.stdout.buffer)
    else:
        (write_parquet_file if wish.parquet else write_arrow_file)(reader, statements[-1], Path(target))
        log.info("written: %s", target)
