"""Feeds -> warehouse: poll what is due, load what is new, and file a reason for all the rest.

The pipeline as one Prefect flow. Tasks are batches, never one per article, and hand on file names, not pages: what a
task needs lies in the archive or in the spool, so that a later run can take it up.
"""

# Without `from __future__ import annotations`: a served flow is loaded under another module name, where Prefect cannot
# resolve annotations that are strings.

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture
from prefect.utilities.annotations import quote

from extractors.errors import FetchError, SpoolError, TransientError
from extractors.records import Entry, Feed, Poll, Reason, Rejection, Run, Stage
from extractors.url import canonicalize
from flows.alerting import alert
from flows.context import RunContext, open_run
from flows.fetch.archive import Archive, archive_name, read_archived
from flows.locking import run_lock
from flows.polling import Polled, due_feeds, poll_feeds, settle_poll
from flows.progress import counting, log, start_logging
from flows.recording import Tally, mark_unpublished, new_run, published_afterwards, recorded_run
from flows.retention import remove_old_archives
from flows.settings import Settings
from flows.standing_back import standing_back
from warehouse.copying import keep_before_upgrade
from warehouse.load import LoadReport, load_spools, sum_reports
from warehouse.spool import Spool, remove_half_written, set_aside, waiting_spools
from warehouse.state import feed_states, retriable_entries, unseen_entries

T = TypeVar("T")

# Four batches a thousand articles: few enough for a hosted plan that counts task runs, small enough for memory.
_BATCH = 250
# A URL that failed for a passing reason is asked again by later runs, this often in all.
_MAX_ATTEMPTS = 5
# Spools are loaded in the order of their numbers; the polls come after all pages.
_LAST = 999_999
# Batches of killed runs, apart from the numbers of this run's own.
_TAKEN_UP = 900_000


@dataclass(frozen=True, slots=True)
class Sorted:
    """Entries of one run by what is to be done with them."""

    wanted: tuple[Entry, ...]
    unwanted: tuple[Entry, ...]
    rejections: tuple[Rejection, ...]


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
    with run_lock(settings.data):
        if kept := keep_before_upgrade(settings.warehouse_file):
            log.info("the warehouse has an older schema; a copy was kept as %s", kept)
        tally = Tally(new_run(settings))
        try:
            with published_afterwards(settings), recorded_run(settings, tally):
                run_steps(settings, tally, everything=everything, connect_to=connect_to or {})
        finally:
            alert(settings, tally.run)
        remove_old_archives(settings.archive_folder, keep_days=settings.keep_days, now=tally.run.started_at)
    return tally.run


def run_steps(settings: Settings, tally: Tally, *, everything: bool, connect_to: Mapping[str, tuple[str, int]]) -> None:
    """The order of events: take up what waits, poll, sort, fetch and read in batches, and the polls last."""
    with open_run(settings, tally.run.run_id, tally.run.started_at, connect_to) as context:
        remove_half_written(settings.spool_folder)
        tally.load(load_batch(opaque(context), waiting_spools(settings.spool_folder)))
        for spool in take_up_batches(opaque(context)):
            tally.load(load_batch(opaque(context), [spool]))
        polled = poll_due(opaque(context), everything=everything)
        tally.poll(polled)
        entries = sort_entries(context, polled)
        for spool in read_batches(context, entries.wanted):
            tally.load(load_batch(opaque(context), [spool]))
        tally.load(load_batch(opaque(context), [spool_polls(context, polled, entries)]))
    if tally.has_changes:
        mark_unpublished(settings)


@task(name="poll feeds", cache_policy=NO_CACHE, persist_result=False)
def poll_due(context: RunContext, *, everything: bool) -> tuple[Polled, ...]:
    """Ask the feeds that are due."""
    states = feed_states(context.settings.warehouse_file)
    due = due_feeds(context.feeds, states, now=context.now, everything=everything)
    with (
        Archive(context.settings.archive_folder, f"{context.run_id}-feeds", now=context.now) as archive,
        counting("feeds", len(due)) as advance,
    ):

        async def poll() -> tuple[Polled, ...]:
            return await poll_feeds(due, states, context.fetcher, archive, now=context.now, advance=advance)

        polled = context.portal.call(poll)
    for each in polled:
        if each.poll.outcome == "failed":
            log.warning("feed %s: %s %s", each.poll.feed, each.poll.reason, each.poll.detail)
    return polled


def sort_entries(context: RunContext, polled: Sequence[Polled]) -> Sorted:
    """Of all entries seen, those whose page is to be fetched, and a reason for each that is not."""
    file = context.settings.warehouse_file
    seen = [entry for each in polled for entry in each.entries]
    unseen = (
        *unseen_entries(file, seen, max_attempts=_MAX_ATTEMPTS),
        *retriable_entries(file, max_attempts=_MAX_ATTEMPTS),
    )
    feeds = {feed.url: feed for feed in context.feeds}
    wanted: dict[str, Entry] = {}
    unwanted, rejections = [], []
    for entry in unseen:
        try:
            url = _wanted_url(context, entry, feeds.get(entry.feed_url))
        except FetchError as error:
            unwanted.append(entry)
            rejections.append(_rejection(entry, Stage.POLL, error))
            continue
        # The same page in two feeds is asked for once; the other entry is kept as received.
        if wanted.setdefault(url, entry) is not entry:
            unwanted.append(entry)
    return Sorted(tuple(wanted.values()), tuple(unwanted), tuple(rejections))


def _wanted_url(context: RunContext, entry: Entry, feed: Feed | None) -> str:
    """The canonical URL of an entry that is to be fetched.

    Raises:
        FetchError: it is not to be fetched, for the reason given.
    """
    if not entry.url:
        raise FetchError(entry.key, Reason.NO_LINK, f"entry {entry.title!r} of {entry.feed_url} has no link")
    url = canonicalize(entry.url)
    if feed and feed.fetch == "all":
        return url
    if any(extractor.may_concern(entry.title, entry.summary) for extractor in context.extractors):
        return url
    raise FetchError(entry.url, Reason.OFF_TOPIC, "title and summary name no mission")


def _rejection(entry: Entry, stage: Stage, error: FetchError) -> Rejection:
    is_final = not isinstance(error, TransientError)
    return Rejection(entry.key, stage, error.reason, error.detail, entry.feed_url, is_final)


def read_batches(context: RunContext, entries: Sequence[Entry]) -> Iterator[Path]:
    """Spools of what was read, batch by batch; while one batch is read, the next one is fetched."""
    batches = [entries[start : start + _BATCH] for start in range(0, len(entries), _BATCH)]
    with counting("pages", len(entries)) as advance:
        coming: PrefectFuture[Fetched] | None = None
        for number, batch in enumerate([*batches, None]):
            ready = coming
            coming = fetch_pages.submit(opaque(context), number, opaque(batch), opaque(advance)) if batch else None
            if ready:
                yield read_pages(opaque(context), opaque(ready.result()))


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
                return _rejection(entry, Stage.FETCH, error)
            finally:
                advance()
            if answer.page is None or answer.page.archive_file is None or answer.page.archive_offset is None:
                return Rejection(entry.url, Stage.FETCH, Reason.HTTP_ERROR, f"HTTP {answer.status}", entry.feed_url)
            return answer.page.archive_file, answer.page.archive_offset

        async def fetch_all() -> list[tuple[str, int] | Rejection]:
            return await asyncio.gather(*map(fetch, entries))

        outcomes = context.portal.call(fetch_all)
    places = tuple(outcome for outcome in outcomes if not isinstance(outcome, Rejection))
    rejections = tuple(outcome for outcome in outcomes if isinstance(outcome, Rejection))
    return Fetched(number, tuple(entries), places, rejections)


@task(name="read pages", cache_policy=NO_CACHE, persist_result=False)
def read_pages(context: RunContext, fetched: Fetched) -> Path:
    """Read archived pages in the worker processes, and spool what comes of them."""
    spool = Spool.create(context.settings.spool_folder, context.run_id, fetched.number)
    found = context.proposers.add(context.pool.read(fetched.places))
    spool.add(*fetched.entries, *fetched.rejections, *found)
    path = spool.finish()
    context.pending.done(archive_name(_batch_name(context, fetched.number), context.now))
    return path


def _batch_name(context: RunContext, number: int) -> str:
    return f"{context.run_id}-{number:04d}"


@task(name="take up", cache_policy=NO_CACHE, persist_result=False)
def take_up_batches(context: RunContext) -> tuple[Path, ...]:
    """Read the pages that a killed run archived and did not come to read; nobody is asked for them again."""
    spools = []
    for number, (name, places) in enumerate(context.pending.left()):
        if places:
            log.info("%s: %d pages of a run that was cut short are read now", name, len(places))
            found = context.proposers.add(context.pool.read(places))
            entries = [
                entry for place in places if (entry := read_archived(context.settings.archive_folder, *place)[1])
            ]
            spool = Spool.create(context.settings.spool_folder, context.run_id, _TAKEN_UP + number)
            spool.add(*entries, *found)
            spools.append(spool.finish())
        context.pending.done(name)
    return tuple(spools)


def spool_polls(context: RunContext, polled: Sequence[Polled], entries: Sorted) -> Path:
    """Spool the polls last: a feed counts as read when all its entries are accounted for."""
    fresh = Counter(entry.feed_url for entry in (*entries.wanted, *entries.unwanted))
    polls = [_settled(each.poll, entries_new=fresh[each.poll.feed]) for each in polled]
    spool = Spool.create(context.settings.spool_folder, context.run_id, _LAST)
    failures = [Rejection(poll.feed, Stage.POLL, poll.reason, poll.detail, poll.feed) for poll in polls if poll.reason]
    spool.add(*entries.unwanted, *entries.rejections, *failures, *polls)
    return spool.finish()


def _settled(poll: Poll, *, entries_new: int) -> Poll:
    """Of an answer with entries it is known only now how many of them are new."""
    return settle_poll(poll, entries_new=entries_new) if poll.outcome == "changed" else poll


@task(name="load", cache_policy=NO_CACHE, persist_result=False)
def load_batch(context: RunContext, spools: Sequence[Path]) -> LoadReport:
    """Load spools in one transaction; one that cannot be read is set aside, and the others are loaded without it."""
    file = context.settings.warehouse_file
    try:
        return load_spools(file, spools, recorded_at=context.now)
    except SpoolError as error:
        if len(spools) == 1:
            # Its pages lie in the archive, and its feeds do not count as read: they are asked again.
            log.error("%s; it was set aside as %s", error, set_aside(spools[0]).name)
            return LoadReport()
    return sum_reports(load_batch.fn(context, [spool]) for spool in spools)
