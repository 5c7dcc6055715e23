"""Command line -> one of the jobs. Results go to stdout, everything else to stderr.

Exit codes: 0 all well, 1 some sources or files failed, 2 set-up or question cannot be used, 3 another run is on.
Each command imports what it needs when it is called: Prefect alone takes two seconds.
"""

# ruff: noqa: PLC0415 - see above
# ruff: noqa: FBT001, FBT002 - flags of the command line

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from extractors.errors import BusyError, MissionwireError
from flows.asking.command import sql
from flows.backfill.commands import backfill_app
from flows.faults import explain_fault
from flows.feed_commands import feeds_app
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

Paths = Annotated[list[Path], typer.Argument(help="Files to read.", show_default=False)]
Urls = Annotated[Path | None, typer.Option(help="JSON Lines with file and url: where the pages came from.")]


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


@app.command()
def extract(
    paths: Paths,
    published: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Day of publication of .txt files; relative dates count from it."),
    ] = None,
    title: Annotated[str, typer.Option(help="Headline of .txt files.")] = "",
    mission: MissionNames = None,
    urls: Urls = None,
    html: Annotated[
        Path | None,
        typer.Option(help="Write a page to look at: every claim's spans in the text. For several documents a folder."),
    ] = None,
) -> None:
    """Read claims out of .txt, .html and .json documents: JSON Lines, one a claim. No warehouse is touched.

    A .json document is {"id", "title", "text", "published", "lang"}; published and lang may be null.
    """
    from flows.documents import claim_lines, read_document, read_urls
    from flows.extracting import DocumentReader, PageWriter

    reader = DocumentReader(read_settings(mission=mission))
    pages = PageWriter(html, reader, is_single=len(paths) == 1) if html else None
    day: date | None = published.date() if published else None
    known = read_urls(urls)

    def lines(file: Path) -> Iterator[str]:
        document = read_document(file, published=day, title=title, urls=known)
        claims = reader.read(document)
        if pages:
            pages.write(document, claims)
        return claim_lines(claims)

    _each(paths, lines)


@app.command()
def clean(paths: Paths, urls: Urls = None) -> None:
    """Find the articles in .html and .html.gz pages: JSON Lines, one an article."""
    from flows.documents import article_line, read_article, read_urls

    known = read_urls(urls)
    _each(paths, lambda file: iter([article_line(file, read_article(file, urls=known))]))


@app.command()
def evaluate(
    folder: Annotated[Path, typer.Argument(help="Folder of gold documents (.json).", show_default=False)],
    misses: Annotated[bool, typer.Option("--misses", help="List what was missed and what was made up.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of tables.")] = False,
    confidence: Annotated[
        Path | None, typer.Option(help="Write how often each rule is right to this file (make confidence).")
    ] = None,
    mission: MissionNames = None,
) -> None:
    """Score the extractors on gold documents: per kind, language and slot, with two simple baselines beside them.

    docs/evaluation.md says what a gold document is and how agreement is counted.
    """
    from flows.evaluating import evaluate as score

    score(read_settings(mission=mission), folder, sys.stdout, misses=misses, as_json=as_json, confidence=confidence)


@app.command()
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


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that backup made.", show_default=False)],
    data: Data = None,
    wait: Wait = False,
) -> None:
    """Put a backup in the place of the warehouse; what stood there is kept beside it."""
    from flows.keeping import restore as put_back

    put_back(read_settings(data=data), file, wait=wait)


@app.command("copy-warehouse")
def copy_warehouse(
    target: Annotated[str, typer.Argument(help="A new file, or the address of an empty lake.", show_default=False)],
    data: Data = None,
    wait: Wait = False,
) -> None:
    """Copy the warehouse to a lake, or from a lake to a file; it stays as it is."""
    from flows.keeping import copy_warehouse as copy

    copy(read_settings(data=data), target, wait=wait)


@app.command()
def takedown(
    url: Annotated[str, typer.Argument(help="Any address of the article, or its article_id.", show_default=False)],
    reason: Annotated[str, typer.Option(help="Kept in the row that says that it was removed.", show_default=False)],
    data: Data = None,
    wait: Wait = False,
) -> None:
    """Remove an article, its claims and its archived pages on request; a row says so, and it is not asked for again."""
    from flows.keeping import take_down

    take_down(read_settings(data=data), url, reason=reason, wait=wait)


@app.command()
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


@app.command()
def corrections(
    apply: Annotated[bool, typer.Option("--apply", help="Apply the file now instead of with the next run.")] = False,
    data: Data = None,
    wait: Wait = False,
) -> None:
    """What people say of claims in corrections.tsv, line by line, and what came of it."""
    from flows.correcting import show_corrections

    show_corrections(read_settings(data=data), apply=apply, wait=wait)


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


def _each(paths: list[Path], lines: Callable[[Path], Iterator[str]]) -> None:
    """Print the lines of each file; a bad one is named on stderr and the others are done."""
    bad = 0
    for path in paths:
        try:
            for line in lines(path):
                sys.stdout.write(line + "\n")
        except BrokenPipeError:
            raise
        except MissionwireError as error:
            bad += 1
            log.error("%s", error)
        except Exception as error:  # noqa: BLE001 - our own fault in one file must not keep the others from being done
            bad += 1
            log.error("%s: a fault of missionwire's own, please report it: %s", path, explain_fault(error))
    sys.stdout.flush()
    if bad:
        raise typer.Exit(1)


def _fail(error: Exception, code: int) -> None:
    log.error("%s", error)
    raise SystemExit(code) from None
