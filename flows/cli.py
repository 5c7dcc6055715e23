"""Command line -> one of the jobs. Results go to stdout, everything else to stderr.

Exit codes: 0 all well, 1 some sources or files failed, 2 set-up or question cannot be used, 3 another run is on.
Each command imports what it needs when it is called: Prefect alone takes two seconds.
"""

# ruff: noqa: PLC0415 - see above
# ruff: noqa: FBT001, FBT002 - flags of the command line

from __future__ import annotations

import signal
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from extractors.errors import BusyError, MissionwireError
from flows.asking.command import sql
from flows.backfill.commands import backfill_app
from flows.document_commands import clean, evaluate, extract
from flows.faults import explain_fault
from flows.feed_commands import feeds_app
from flows.keeping_commands import backup, copy_warehouse, corrections, restore, retract, takedown
from flows.options import Data, Feeds, MissionNames, Wait
from flows.progress import log, start_logging
from flows.reextract.commands import reextract
from flows.settings import read_settings

app = typer.Typer(
    name="missionwire",
    help="A ledger of what the press reports about an international security mission. Start with: missionwire demo",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
app.add_typer(feeds_app, name="feeds")
app.add_typer(backfill_app, name="backfill")
app.command()(sql)
app.command()(reextract)


def main() -> None:
    """Run the command line; every error of ours becomes one line on stderr and an exit code."""
    start_logging()
    # As Ctrl-C: what is held is given back, and the run's row says how it ended.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        app(prog_name="missionwire")
    except BusyError as error:
        _fail(error, 3)
    except MissionwireError as error:
        _fail(error, 2)
    except BrokenPipeError:
        # The reader of our output has seen enough (| head).
        sys.stderr.close()
        raise SystemExit(0) from None
    except OSError as error:
        # The archive, the spool and Prefect's files lie on a disk that may be full or gone.
        _fail(MissionwireError(f"{error.filename or 'a file'}: {error.strerror or error}"), 2)
    except Exception as error:  # noqa: BLE001 - a traceback helps nobody at a command line
        _fail(MissionwireError(f"a fault of missionwire's own, please report it: {explain_fault(error)}"), 2)


def _print_version(value: bool) -> None:
    if value:
        sys.stdout.write(f"missionwire {version('missionwire')}\n")
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Keep a ledger of what the press reports about an international security mission. Start with: missionwire demo."""


@app.command()
def demo(
    data: Annotated[Path, typer.Option(help="Folder of the demo's own warehouse.")] = Path("data/demo"),
    wait: Wait = False,
) -> None:
    """The whole pipeline on the sample newsroom, over loopback HTTP, offline; a summary and the next steps.

    It never touches your own data. Doing it again adds nothing: every article and claim is known.
    """
    from flows.demo import run_demo

    raise typer.Exit(run_demo(data, wait=wait))


@app.command()
def run(
    every: Annotated[
        bool, typer.Option("--all", help="Ask every feed that may be asked now, not only those due.")
    ] = False,
    data: Data = None,
    mission: MissionNames = None,
    feeds: Feeds = None,
    wait: Wait = False,
) -> None:
    """One run over the feeds that are due: poll, fetch, clean, read claims, load, publish.

    Exit code 0: all well. 1: some sources failed (missionwire status says which). 2: the set-up cannot be used.
    3: another run is on.
    """
    from flows.jobs import run_once

    settings = read_settings(data=data, mission=mission, feeds=feeds)
    raise typer.Exit(run_once(settings, everything=every, wait=wait))


@app.command()
def serve(
    sql: Annotated[
        bool, typer.Option("--sql", help="Instead of the schedule: answer DuckDB clients, by the Quack protocol.")
    ] = False,
    schedule: Annotated[bool, typer.Option("--schedule", help="With --sql: keep the schedule as well.")] = False,
    sql_address: Annotated[
        str | None, typer.Option(help="HOST:PORT for those clients.  \\[default: 127.0.0.1:9494]")
    ] = None,
    data: Data = None,
    mission: MissionNames = None,
    feeds: Feeds = None,
) -> None:
    """Run on schedule until stopped, as a Prefect deployment with a server of its own; or serve what is published.

    MISSIONWIRE_INTERVAL (seconds) or MISSIONWIRE_CRON sets the schedule; PREFECT_API_URL names another Prefect server.
    With --sql, any DuckDB with the token in data/sql-token may ask, read-only; docs/serving.md has the rest.
    """
    settings = read_settings(data=data, mission=mission, feeds=feeds, sql_address=sql_address)
    if sql and not schedule:
        from flows.sql_serving import serve_sql

        serve_sql(settings)
        return
    from flows.jobs import serve_both, serve_schedule

    (serve_both if sql else serve_schedule)(settings)


@app.command()
def export(
    name: Annotated[
        str, typer.Argument(help="ucdp-ged, idmc, idmc-idps, fts, un-contributors or all.", show_default=False)
    ],
    csv: Annotated[
        str | None, typer.Option(help="CSV file, - for stdout; of all a folder.  \\[default: -]", show_default=False)
    ] = None,
    parquet: Annotated[Path | None, typer.Option(help="Parquet file; of all a folder.", show_default=False)] = None,
    fact_id: Annotated[
        bool,
        typer.Option("--fact-id", help="Add a last column: the fact behind each row, which no official table has."),
    ] = False,
    data: Data = None,
) -> None:
    """Facts as tables of UCDP, IDMC, FTS and the UN: official columns and types; what is not known stays empty."""
    from flows.exporting import export as write

    write(read_settings(data=data).published_file, name, csv=csv, parquet=parquet, with_fact_id=fact_id)


@app.command()
def report(
    output: Annotated[
        Path | None,
        typer.Option(help="File to write.  \\[default: report.html beside the snapshot]", show_default=False),
    ] = None,
    data: Data = None,
    mission: MissionNames = None,
) -> None:
    """The picture: one page from the published snapshot, to open in any browser, offline; it says where it lies.

    Each run that changed something draws it anew.
    """
    from flows.reporting.writing import report as write

    for file in write(read_settings(data=data, mission=mission), output):
        sys.stdout.write(f"{file}\n")


for work in (extract, clean, evaluate, backup, restore, copy_warehouse, takedown, retract, corrections):
    app.command(work.__name__.replace("_", "-"))(work)


@app.command()
def status(
    data: Data = None,
    mission: MissionNames = None,
    feeds: Feeds = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")] = False,
) -> None:
    """What ran, what is late, silent, drying up or failing, and what to do about it; which settings are in force."""
    from flows.status import print_status

    options = {"data": data, "mission": mission, "feeds": feeds}
    print_status(read_settings(**options), options, as_json=as_json)


def _fail(error: Exception, code: int) -> None:
    log.error("%s", error)
    raise SystemExit(code) from None
