"""Feeds -> warehouse: poll what is due, load what is new, and file a reason for all the rest.

The pipeline as one Prefect flow. Tasks are batches, never one per article, and hand on file names, not pages: what a
task needs lies in the archive or in the spool, so that a later run can take it up.
"""

# Without `from __future__ import annotations`: a served flow is loaded under another module name, where Prefect cannot
# resolve annotations that are strings.

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture
from prefect.utilities.annotations import quote

from extractors.errors import FetchError, TransientError
from extractors.records import Entry, Poll, Reason, Rejection, Run, Stage
from flows.context import RunContext, open_run
from flows.correcting import take_up_corrections
from flows.faults import explain_fault
from flows.fetch.archive import Archive, archive_name, read_archived
from flows.fetch.together import all_or_none
from flows.loading import load_or_leave, load_rest
from flows.locking import run_lock
from flows.pending import run_and_number
from flows.polling import Polled, due_feeds, is_line_down, poll_feeds, settle_poll
from flows.progress import counting, log, start_logging
from flows.recording import Tally, new_run, whole_run
from flows.reporting.artifacts import show_in_prefect
from flows.retention import clear_old_files
from flows.settings import Settings
from flows.sorting import Sorted, reject_entry, sort_entries
from flows.standing_back import standing_back
from flows.telling import tell_condition
from warehouse.rows import Record
from warehouse.spool import waiting_spools, write_spool
from warehouse.state import feed_states

T = TypeVar("T")

# Four batches a thousand articles: few enough for a hosted plan that counts task runs, small enough for memory.
_BATCH = 250
# Spools are loaded in the order of their numbers; the polls come after all pages.
_LAST = 999_999


@dataclass(frozen=True, slots=True)
class Fetched:
    """One batch of entries, the places of their pages in the archive, and the reasons for those without one."""

    number: int
    entries: tuple[Entry, ...]
    places: tuple[tuple[str, int], ...]
    rejections: tuple[Rejection, ...]


def opaque(value: T) -> T:
    """Keep Prefect from walking through an argument to look for futures: a context or a batch holds none."""
    return cast("T", quote(value))


@flow(name="ingest", persist_result=False)
@standing_back
def ingest(
    settings: Settings, *, everything: bool = False, connect_to: dict[str, tuple[str, int]] | None = None
) -> Run:
    """Poll what is due, load what is new, and file a reason for all the rest.

    Args:
        settings: what to use.
        everything: ask all feeds that may be asked now, not only those that are due.
        connect_to: hosts that are served at another address, as the sample newsroom's are.

    Returns:
        The run's row, with its counts.

    Raises:
        BusyError: another run holds the data folder; a deployment's run ends as cancelled.
        SeedError, WarehouseError: the set-up cannot be used; nothing was asked.
    """
    start_logging()
    with run_lock(settings.data, warehouse=settings.warehouse_file):
        tally = Tally(new_run(settings))
        with whole_run(settings, tally):
            run_steps(settings, tally, everything=everything, connect_to=connect_to or {})
        clear_old_files(settings, now=tally.run.started_at)
        tell_condition(settings, tally.run)
        show_in_prefect(settings, tally.run)
    return tally.run


def run_steps(settings: Settings, tally: Tally, *, everything: bool, connect_to: Mapping[str, tuple[str, int]]) -> None:
    """The order of events: take up what waits, poll, sort, fetch and read in batches, and the polls last."""
    with open_run(settings, tally.run.run_id, tally.run.started_at, connect_to) as context:
        take_up_corrections(settings, now=context.now)
        take_up_batches(opaque(context))
        # Nobody is asked for what waits already: without it the ledger does not know what was asked.
        load_batch(opaque(context), opaque(tally), load_rest)
        polled = poll_due(opaque(context), everything=everything)
        tally.poll(polled)
        entries = sort_entries(context, polled)
        # While our own line is down, pages that wait for another try would lose it.
        wanted = () if is_line_down(polled) else entries.wanted
        for _ in read_batches(context, wanted, lambda fetched: read_pages(opaque(context), opaque(fetched))):
            load_batch(opaque(context), opaque(tally), load_or_leave)
        spool_polls(context, polled, entries)
        load_batch(opaque(context), opaque(tally), load_rest)


@task(name="poll feeds", cache_policy=NO_CACHE, persist_result=False)
def poll_due(context: RunContext, *, everything: bool) -> tuple[Polled, ...]:
    """Ask the feeds that are due."""
    states = feed_states(context.settings.warehouse_file)
    due = due_feeds(context.feeds, states, now=context.now, everything=everything)
    name = f"{context.run_id}-feeds"
    # Marked, so that the next run cuts off what a kill leaves half-written.
    context.pending.begin(archive_name(name, context.now))
    with (
        Archive(context.settings.archive_folder, name, now=context.now) as archive,
        counting("feeds", len(due)) as advance,
    ):

        async def poll() -> tuple[Polled, ...]:
            return await poll_feeds(due, states, context.fetcher, archive, now=context.now, advance=advance)

        polled = context.portal.call(poll)
    context.pending.done(archive_name(name, context.now))
    for each in polled:
        if each.poll.outcome == "failed":
            log.warning("feed %s: %s %s", each.poll.feed, each.poll.reason, each.poll.detail)
    return polled


def read_batches(context: RunContext, entries: Sequence[Entry], read: Callable[[Fetched], Path]) -> Iterator[Path]:
    """Spools of what was read, batch by batch; while one batch is read, the next one is fetched."""
    batches = [entries[start : start + _BATCH] for start in range(0, len(entries), _BATCH)]
    with counting("pages", len(entries)) as advance:
        coming: PrefectFuture[Fetched] | None = None
        for number, batch in enumerate([*batches, None]):
            ready = coming
            coming = fetch_pages.submit(opaque(context), number, opaque(batch), opaque(advance)) if batch else None
            if ready:
                yield read(ready.result())


@task(name="fetch pages", cache_policy=NO_CACHE, persist_result=False)
def fetch_pages(context: RunContext, number: int, entries: Sequence[Entry], advance: Callable[[], None]) -> Fetched:
    """Ask for the pages of a batch, and archive them."""
    name = _batch_name(context, number)
    context.pending.begin(archive_name(name, context.now))
    with Archive(context.settings.archive_folder, name, now=context.now) as archive:

        async def fetch(entry: Entry) -> tuple[str, int] | Rejection:
            try:
                answer = await context.fetcher.fetch(entry.url, archive=archive, entry=entry)
            except FetchError as error:
                return reject_entry(entry, Stage.FETCH, error)
            except OSError:
                # The archive's disk is full or gone: that is nobody's page, and ends the run.
                raise
            except Exception as error:  # noqa: BLE001 - one page that no rule foresaw must not stop a thousand others
                fault = TransientError(entry.key, Reason.INTERNAL_ERROR, explain_fault(error))
                return reject_entry(entry, Stage.FETCH, fault)
            finally:
                advance()
            if answer.page is None or answer.page.archive_file is None or answer.page.archive_offset is None:
                return Rejection(entry.url, Stage.FETCH, Reason.HTTP_ERROR, f"HTTP {answer.status}", entry.feed_url)
            return answer.page.archive_file, answer.page.archive_offset

        async def fetch_all() -> list[tuple[str, int] | Rejection]:
            return await all_or_none(map(fetch, entries))

        outcomes = context.portal.call(fetch_all)
    places = tuple(outcome for outcome in outcomes if not isinstance(outcome, Rejection))
    rejections = tuple(outcome for outcome in outcomes if isinstance(outcome, Rejection))
    return Fetched(number, tuple(entries), places, rejections)


@task(name="read pages", cache_policy=NO_CACHE, persist_result=False)
def read_pages(context: RunContext, fetched: Fetched) -> Path:
    """Read archived pages in the worker processes, and spool what comes of them."""
    found = context.proposers.add(context.pool.read(fetched.places))
    records = (*fetched.entries, *fetched.rejections, *found)
    path = write_spool(context.settings.spool_folder, context.run_id, fetched.number, records)
    context.pending.done(archive_name(_batch_name(context, fetched.number), context.now))
    return path


def _batch_name(context: RunContext, number: int) -> str:
    return f"{context.run_id}-{number:04d}"


@task(name="take up", cache_policy=NO_CACHE, persist_result=False)
def take_up_batches(context: RunContext) -> None:
    """Read the pages that a killed run archived and did not come to read; nobody is asked for them again.

    They go in under the killed run's name, which makes them the same rows however often they are taken up.
    """
    settings = context.settings
    context.pending.forget_spooled(waiting_spools(settings.spool_folder))
    for name, places in context.pending.left():
        run_id, number = run_and_number(name)
        if places and number >= 0:
            log.info("%s: %d pages of a run that was cut short are read now", name, len(places))
            found = context.proposers.add(context.pool.read(places))
            entries = [entry for place in places if (entry := read_archived(settings.archive_folder, *place)[1])]
            write_spool(settings.spool_folder, run_id, number, (*entries, *found))
        context.pending.done(name)


def spool_polls(context: RunContext, polled: Sequence[Polled], entries: Sorted) -> Path:
    """Spool the polls last: a feed counts as read when all its entries are accounted for."""
    polls = [_settled(each.poll, entries_new=entries.new_entries[each.poll.feed]) for each in polled]
    failures = [Rejection(poll.feed, Stage.POLL, poll.reason, poll.detail, poll.feed) for poll in polls if poll.reason]
    records: tuple[Record, ...] = (*entries.unwanted, *entries.rejections, *failures, *polls)
    return write_spool(context.settings.spool_folder, context.run_id, _LAST, records)


def _settled(poll: Poll, *, entries_new: int) -> Poll:
    """Of an answer with entries it is known only now how many of them are new."""
    return settle_poll(poll, entries_new=entries_new) if poll.outcome == "changed" else poll


@task(name="load", cache_policy=NO_CACHE, persist_result=False)
def load_batch(context: RunContext, tally: Tally, load: Callable[..., None]) -> None:
    """Load what waits; `load` says what becomes of it while somebody reads the warehouse."""
    load(context.settings, tally, now=context.now)
