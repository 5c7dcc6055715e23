"""Asked -> warehouse: read archives, or ask for the pages of sitemaps and lists, as a run would have done.

Beside `flows.ingest`: the same lock, the same row in ops.run, the same batches, spools and reasons. A backfill adds the
days within which pages are wanted, and a note of how far it came.
"""

# Without `from __future__ import annotations`, as flows.ingest.

from dataclasses import replace

from prefect import flow

from flows.backfill.archives import read_archives
from flows.backfill.asked import Asked
from flows.backfill.pages import ask_pages
from flows.backfill.progress import Progress
from flows.backfill.tally import BackfillTally
from flows.context import open_run
from flows.loading import load_rest
from flows.locking import run_lock
from flows.progress import start_logging
from flows.recording import new_run, whole_run
from flows.settings import Settings


@flow(name="backfill", persist_result=False)
def backfill(settings: Settings, asked: Asked, key: str) -> BackfillTally:
    """Load what was asked for, or what is still missing of it.

    Args:
        key: names the backfill; one of the same key that was cut short is gone on with.

    Returns:
        The run's row, and what was left out.

    Raises:
        BusyError: another run holds the data folder.
        SeedError, WarehouseError: the set-up cannot be used; nothing was asked.
    """
    start_logging()
    with run_lock(settings.data, warehouse=settings.warehouse_file):
        tally = BackfillTally(replace(new_run(settings), detail=str(asked)))
        with whole_run(settings, tally):
            progress = Progress.open(settings.data, key, str(asked))
            run_steps(settings, tally, asked, progress)
        progress.finish()
    return tally


def run_steps(settings: Settings, tally: BackfillTally, asked: Asked, progress: Progress) -> None:
    """The order of events: what waits, then the sources one after the other, and what could not be loaded before."""
    run = tally.run
    with open_run(
        settings, run.run_id, run.started_at, {}, sources=asked.feeds, pending_folder=progress.pending
    ) as context:
        load_rest(settings, tally, now=context.now)
        if asked.source == "warc":
            read_archives(context, tally, asked, progress)
        else:
            ask_pages(context, tally, asked)
        load_rest(settings, tally, now=context.now)
