"""Run -> Prefect's artifacts: its summary, the feeds, the promises and the page, under keys that stay the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact

from extractors.records import Run
from flows.faults import explain_fault
from flows.progress import log
from flows.reporting.words import say
from flows.settings import Settings
from flows.telling import health_line
from warehouse.picture import read_picture
from warehouse.query import Table, run_query
from warehouse.sql import read_query

# As Prefect's own pages show them: a table of thousands of rows helps nobody there.
_ROWS = 200


def show_in_prefect(settings: Settings, run: Run) -> None:
    """Put the artifacts of a run into Prefect; where that fails the run is none the worse."""
    try:
        _create_artifacts(settings, run)
    except Exception as error:  # noqa: BLE001 - what a server says of an artifact must not fail a run that has loaded all
        log.warning("Prefect took no artifacts of this run: %s", explain_fault(error))


def _create_artifacts(settings: Settings, run: Run) -> None:
    create_markdown_artifact(_summary(settings, run), key="missionwire-run", description="The last run in one look.")
    if not settings.published_file.exists():
        return
    feeds = run_query(settings.published_file, read_query("report_feed_health"))
    create_table_artifact(_table(feeds), key="missionwire-feeds", description="How the feeds do.")
    promises = [
        {"mission": name, **row}
        for name in settings.mission_names
        for row in _table(read_picture(settings.published_file, name)["promises"].table)
    ]
    create_table_artifact(promises, key="missionwire-promises", description="People promised and delivered.")
    page = settings.published_folder / "report.html"
    if page.exists():
        create_link_artifact(_address(page), link_text="The picture", key="missionwire-report")


def _summary(settings: Settings, run: Run) -> str:
    lines = [f"# Run {run.run_id}", "", health_line(settings, run), "", "| what | count |", "|---|---:|"]
    counts = (
        ("feeds polled", run.feeds_polled),
        ("feeds failed", run.feeds_failed),
        ("new entries", run.entries_new),
        ("articles loaded", run.articles_loaded),
        ("copies among them", run.copies),
        ("rejected", run.rejected),
        ("new claims", run.claims_new),
    )
    return "\n".join([*lines, *(f"| {what} | {count:,} |" for what, count in counts)])


def _table(table: Table) -> list[dict[str, Any]]:
    return [dict(zip(table.columns, map(say, row), strict=True)) for row in table.rows[:_ROWS]]


def _address(page: Path) -> str:
    return page.resolve().as_uri()
