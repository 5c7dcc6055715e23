"""Command line -> the warehouse as a whole, and what people say of it: `missionwire backup` to `corrections`."""

# ruff: noqa: PLC0415 - as in flows.cli, each command imports what it needs when it is called
# ruff: noqa: FBT002 - flags of the command line

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.options import Data, Wait
from flows.settings import read_settings


def backup(
    target: Annotated[
        Path | None,
        typer.Argument(help="File or folder.  \\[default: backups in the data folder]", show_default=False),
    ] = None,
    data: Data = None,
    wait: Wait = False,
) -> None:
    """Copy the warehouse to a file, between two runs. The archive of pages is copied by any tool for files."""
    from flows.keeping import back_up

    back_up(read_settings(data=data), target, wait=wait)


def restore(
    file: Annotated[Path, typer.Argument(help="A file that backup made.", show_default=False)],
    data: Data = None,
    wait: Wait = False,
) -> None:
    """Put a backup in the place of the warehouse; what stood there is kept beside it."""
    from flows.keeping import restore as put_back

    put_back(read_settings(data=data), file, wait=wait)


def copy_warehouse(
    target: Annotated[str, typer.Argument(help="A new file, or the address of an empty lake.", show_default=False)],
    data: Data = None,
    wait: Wait = False,
) -> None:
    """Copy the warehouse to a lake, or from a lake to a file; it stays as it is."""
    from flows.keeping import copy_warehouse as copy

    copy(read_settings(data=data), target, wait=wait)


def takedown(
    url: Annotated[str, typer.Argument(help="Any address of the article, or its article_id.", show_default=False)],
    reason: Annotated[str, typer.Option(help="Kept in the row that says that it was removed.", show_default=False)],
    data: Data = None,
    wait: Wait = False,
) -> None:
    """Remove an article, its claims and its archived pages on request; a row says so, and it is not asked for again."""
    from flows.keeping import take_down

    take_down(read_settings(data=data), url, reason=reason, wait=wait)


def retract(
    claim: Annotated[
        str, typer.Argument(help="The claim_id, or at least the first 8 of its characters.", show_default=False)
    ],
    reason: Annotated[str, typer.Option(help="Why; kept in the file of corrections.", show_default=False)],
    by: Annotated[str, typer.Option(help="Who says so; kept in the file of corrections.")] = "",
    data: Data = None,
    wait: Wait = False,
) -> None:
    """Reject a wrong claim: it stays to be seen, and no fact is made of it any more.

    It is written into corrections.tsv in the data folder. docs/corrections.md says what else can be said there.
    """
    from flows.correcting import retract as reject

    reject(read_settings(data=data), claim, reason=reason, by=by, wait=wait)


def corrections(
    apply: Annotated[bool, typer.Option("--apply", help="Apply the file now instead of with the next run.")] = False,
    data: Data = None,
    wait: Wait = False,
) -> None:
    """What people say of claims in corrections.tsv, line by line, and what came of it."""
    from flows.correcting import show_corrections

    show_corrections(read_settings(data=data), apply=apply, wait=wait)
