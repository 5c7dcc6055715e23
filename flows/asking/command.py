"""Command line -> missionwire sql."""

# ruff: noqa: PLC0415 - as in flows.cli, the command imports what it needs when it is called
# ruff: noqa: FBT002 - flags of the command line

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from extractors.errors import SettingsError
from flows.options import Data
from flows.settings import read_settings


def sql(
    query: Annotated[
        str | None,
        typer.Argument(
            help='The question, such as "from deployments", or several with ; between. None: a shell, or stdin.',
            show_default=False,
        ),
    ] = None,
    data: Data = None,
    file: Annotated[
        Path | None, typer.Option("--file", "-f", help="Read the questions from this file.", show_default=False)
    ] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV with a header line.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="A JSON array, one object a row.")] = False,
    as_json_lines: Annotated[bool, typer.Option("--jsonl", help="JSON Lines, one object a row.")] = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="A Markdown table.")] = False,
    parquet: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write the result to this Parquet file, - for stdout.")
    ] = None,
    arrow: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Write the result to this Arrow (Feather) file, - for a stream on stdout."),
    ] = None,
    tables: Annotated[
        bool, typer.Option("--tables", help="What can be asked: views and tables, or the columns of the one named.")
    ] = False,
    write_files: Annotated[
        bool, typer.Option("--write-files", help="Let questions write files of their own (COPY ... TO, EXPORT).")
    ] = False,
) -> None:
    """Ask the published snapshot, read-only; runs in the background do not disturb it.

    Try: missionwire sql "from promises"   or   missionwire sql "select sentence, outlet, url from claims"
    """
    from flows.asking.asking import Wish, ask, tell_tables

    forms = {"csv": as_csv, "json": as_json, "jsonl": as_json_lines, "markdown": as_markdown}
    chosen = [name for name, is_wanted in forms.items() if is_wanted]
    if len(chosen) + (parquet is not None) + (arrow is not None) > 1:
        raise SettingsError("--csv, --json, --jsonl, --markdown, --parquet and --arrow exclude each other; choose one")
    if file is not None and query is not None and not tables:
        raise SettingsError("a question and --file exclude each other; choose one")
    published = read_settings(data=data).published_file
    if tables:
        tell_tables(published, query)
        return
    form = chosen[0] if chosen else "table"
    wish = Wish(query, file, form=form, parquet=parquet, arrow=arrow, may_write_files=write_files)
    try:
        ask(published, wish)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of the answer has seen enough (| head); what is still held for it goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
