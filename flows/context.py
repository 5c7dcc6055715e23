"""Settings -> RunContext: what all steps of one run share, opened at its start and closed at its end."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

from anyio.from_thread import BlockingPortal, start_blocking_portal

from extractors.errors import SettingsError
from extractors.facts.extractor import ClaimExtractor
from extractors.records import Feed, Mission, Publisher
from extractors.seeds import read_feeds, read_publishers
from flows.cluster import ClusterPool, open_pool
from flows.fetch.addresses import Address
from flows.fetch.client import Fetcher
from flows.fetching import make_fetcher
from flows.missions import named_missions
from flows.pending import PendingBatches
from flows.proposing import Proposers, other_extractors
from flows.reading import ReadingPool
from flows.settings import Settings
from warehouse.connection import BusyWarehouseError, open_warehouse
from warehouse.seeds import load_seeds


@dataclass(frozen=True)
class RunContext:
    """One run: its clock, its lists, its event loop, its workers.

    Args:
        portal: the event loop on which all requests of the run are made, so that connections are kept between steps.
        pending_folder: of the marks; a backfill keeps its own, because a run does not know what it was asked for.
    """

    run_id: str
    now: datetime
    settings: Settings
    feeds: tuple[Feed, ...]
    missions: tuple[Mission, ...]
    portal: BlockingPortal
    fetcher: Fetcher
    pool: ReadingPool | ClusterPool
    pending_folder: Path

    @cached_property
    def extractors(self) -> tuple[ClaimExtractor, ...]:
        """For the question whether an entry may concern a mission; made when the first one is asked about."""
        return tuple(ClaimExtractor(mission) for mission in self.missions)

    @cached_property
    def pending(self) -> PendingBatches:
        """Marks of batches that are fetched and not read yet."""
        return PendingBatches(self.pending_folder, self.settings.archive_folder)

    @cached_property
    def proposers(self) -> Proposers:
        """Other extractors than the rules, where the settings name some."""
        return Proposers(self.extractors, other_extractors(self.settings))


@contextmanager
def open_run(
    settings: Settings,
    run_id: str,
    now: datetime,
    connect_to: Mapping[str, Address],
    *,
    sources: Sequence[Feed] = (),
    pending_folder: Path | None = None,
) -> Iterator[RunContext]:
    """Read the lists, refuse wrong ones before anything is asked, and start what a run needs.

    A reader that holds the warehouse keeps the lists of its last run in it: they are for people to look at.

    Args:
        sources: what else leads to pages, beside the feeds of the list: it names the outlet behind them.
        pending_folder: of the marks of batches; the usual one if None.
    """
    feeds, missions, publishers = read_lists(settings)
    with suppress(BusyWarehouseError), open_warehouse(settings.warehouse_file) as connection:
        settings.spool_folder.mkdir(parents=True, exist_ok=True)
        load_seeds(connection, missions=missions, feeds=feeds, publishers=publishers, scratch=settings.spool_folder)
    with ExitStack() as held:
        pool = open_pool(settings, (*feeds, *sources))
        held.callback(pool.close)
        # A clock that was set stands still, so that two runs at the same moment leave the same rows.
        clock = (lambda: now) if settings.now else _clock_from(now)
        fetcher = make_fetcher(settings, connect_to=connect_to, clock=clock)
        portal = held.enter_context(start_blocking_portal())
        held.callback(portal.call, fetcher.close)
        marks = pending_folder or settings.data / "pending"
        yield RunContext(run_id, now, settings, feeds, missions, portal, fetcher, pool, marks)


def read_lists(settings: Settings) -> tuple[tuple[Feed, ...], tuple[Mission, ...], tuple[Publisher, ...]]:
    """Feeds, missions and publishers that the settings name.

    Raises:
        SeedError: one of the lists is wrong; says file, line, value and what would be right.
    """
    missions, feeds = named_missions(settings), read_feeds(settings.feed_file)
    if not feeds:
        raise SettingsError(f"{settings.feed_file} names no feed; right would be a [[feed]] table with a url for each")
    return feeds, missions, read_publishers(settings.seeds / "publishers.tsv")


def _clock_from(now: datetime) -> Callable[[], datetime]:
    """A clock that stands at `now` at this moment, and goes on from there."""
    started = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - started)
