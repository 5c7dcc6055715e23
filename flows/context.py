"""Settings -> RunContext: what all steps of one run share, opened at its start and closed at its end."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from anyio.from_thread import BlockingPortal, start_blocking_portal

from extractors.errors import SettingsError
from extractors.facts import ClaimExtractor
from extractors.records import Feed, Mission, Publisher, stable_id
from extractors.seeds import read_feeds, read_publishers
from flows.fetch.addresses import Address
from flows.fetch.client import Fetcher
from flows.missions import named_missions
from flows.pending import PendingBatches
from flows.proposing import Proposers, other_extractors
from flows.reading import ReadingPool
from flows.settings import Settings
from warehouse.connection import open_warehouse
from warehouse.seeds import load_seeds


@dataclass(frozen=True)
class RunContext:
    """One run: its clock, its lists, its event loop, its workers.

    Args:
        portal: the event loop on which all requests of the run are made, so that connections are kept between steps.
    """

    run_id: str
    now: datetime
    settings: Settings
    feeds: tuple[Feed, ...]
    missions: tuple[Mission, ...]
    portal: BlockingPortal
    fetcher: Fetcher
    pool: ReadingPool

    @cached_property
    def extractors(self) -> tuple[ClaimExtractor, ...]:
        """For the question whether an entry may concern a mission; made when the first one is asked about."""
        return tuple(ClaimExtractor(mission) for mission in self.missions)

    @cached_property
    def pending(self) -> PendingBatches:
        """Marks of batches that are fetched and not read yet."""
        return PendingBatches(self.settings.data / "pending", self.settings.archive_folder)

    @cached_property
    def proposers(self) -> Proposers:
        """Other extractors than the rules, where the settings name some."""
        return Proposers(self.extractors, other_extractors(self.settings))


@contextmanager
def open_run(settings: Settings, run_id: str, now: datetime, connect_to: Mapping[str, Address]) -> Iterator[RunContext]:
    """Read the lists, refuse wrong ones before anything is asked, and start what a run needs."""
    feeds, missions, publishers = read_lists(settings)
    with open_warehouse(settings.warehouse_file) as connection:
        load_seeds(connection, missions=missions, feeds=feeds, publishers=publishers)
    fetcher = Fetcher(
        user_agent=settings.user_agent,
        spacing_seconds=settings.spacing_seconds,
        allow_private=settings.allow_private_addresses,
        retry_seconds=settings.retry_seconds,
        manners=settings.manners_folder,
        connect_to=connect_to,
        clock=_clock_from(now),
    )
    pool = ReadingPool(settings, feeds)
    with start_blocking_portal() as portal:
        try:
            yield RunContext(run_id, now, settings, feeds, missions, portal, fetcher, pool)
        finally:
            portal.call(fetcher.close)
            pool.close()


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


def new_run_id(now: datetime, nonce: str) -> str:
    """An id that sorts by time and differs between two runs of one second."""
    return f"{now:%Y%m%dT%H%M%SZ}-{stable_id(now.isoformat(), nonce)[:8]}"
