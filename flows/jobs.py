"""Settings -> a run or a schedule: Prefect's environment first, then the flow, then what is said about it."""

# ruff: noqa: PLC0415 - Prefect reads its environment when it is imported, so the flow is imported after that is prepared

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from extractors.corrections import read_corrections
from extractors.records import Run
from flows.context import read_lists
from flows.fetch.addresses import Address
from flows.locking import run_lock
from flows.orchestration import prepare_prefect
from flows.prefect_server import prefect_server
from flows.progress import log
from flows.proposing import other_extractors
from flows.schedule import serve
from flows.settings import Settings
from flows.sql_serving import sql_server_beside


def run_flow(
    settings: Settings, *, everything: bool, wait: bool, connect_to: Mapping[str, Address] | None = None
) -> Run:
    """Run the flow once, with what `prefect_for` provides."""
    with prefect_for(settings, wait=wait):
        from flows.ingest import ingest

        return ingest(settings, everything=everything, connect_to=dict(connect_to or {}))


@contextmanager
def prefect_for(settings: Settings, *, wait: bool) -> Iterator[None]:
    """Hold the lock of the data folder, with a Prefect server at hand; again inside itself it costs nothing.

    Raises:
        BusyError: another run holds the data folder.
        SeedError: a list is wrong, or the file of corrections.
        SettingsError: another extractor cannot be set up. All three are said before Prefect's server is started.
    """
    read_lists(settings)
    read_corrections(settings.corrections_file)
    other_extractors(settings)
    with run_lock(settings.data, warehouse=settings.warehouse_file, wait=wait):
        prepare_prefect(settings)
        with prefect_server(settings, is_temporary=True):
            yield


def run_once(settings: Settings, *, everything: bool, wait: bool) -> int:
    """Run the flow once and say what came of it on stdout; the exit code of `missionwire run`."""
    if not settings.contact:
        log.warning("MISSIONWIRE_CONTACT is not set: publishers cannot reach you")
    run = run_flow(settings, everything=everything, wait=wait)
    print(summary(run))  # noqa: T201 - the result of the command
    return 1 if run.feeds_failed else 0


def serve_schedule(settings: Settings) -> None:
    """Run on schedule until stopped."""
    prepare_prefect(settings)
    serve(settings)


def serve_both(settings: Settings) -> None:
    """Run on schedule until stopped, with a SQL server beside it; both end when one of them does.

    Raises:
        SettingsError: the SQL server has ended.
    """
    with sql_server_beside(settings):
        serve_schedule(settings)


def summary(run: Run) -> str:
    """One line for a run."""
    return (
        f"{run.state}: {run.feeds_polled} feeds polled ({run.feeds_unchanged} unchanged, {run.feeds_failed} failed), "
        f"{run.entries_new} new entries, {run.articles_loaded} articles loaded ({run.copies} of them copies), "
        f"{run.rejected} rejected, {run.claims_new} new claims, {run.seconds or 0:.1f} s"
    )
