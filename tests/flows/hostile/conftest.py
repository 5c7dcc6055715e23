"""One hostile server a test, and a reader of feeds with a ledger of its own."""

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from extractors.errors import FetchError
from extractors.records import Feed
from flows.fetch.archive import Archive
from flows.fetch.client import Fetcher
from flows.fetch.limits import Limits
from flows.polling import poll_feeds, settle_poll
from tests.flows.hostile.server import HostileServer
from warehouse.load import load_spools
from warehouse.spool import Spool
from warehouse.state import feed_states, unseen_entries

NOW = datetime(2025, 1, 20, 12, tzinfo=UTC)
# For servers that never answer: so short that a whole suite of them takes seconds.
SHORT = Limits(connect_seconds=0.3, silent_seconds=0.25, total_seconds=0.4, body_bytes=2_000_000)
# For servers that answer, also on a machine that is busy with other things.
PATIENT = Limits(connect_seconds=10, silent_seconds=10, total_seconds=20, body_bytes=2_000_000)


@pytest.fixture
def serve():
    """Start servers that end with the test."""
    servers = []

    def start(*arguments, **options):
        servers.append(HostileServer(*arguments, **options))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def server(serve):
    """A server on 127.0.0.1."""
    return serve()


@pytest.fixture
def canary(serve):
    """A server that nobody may so much as connect to."""
    watched = serve("127.0.0.2")
    yield watched
    assert watched.connections == 0


class Reader:
    """Polls feeds as a run does, each poll with what the ledger knows from the ones before."""

    def __init__(self, folder):
        self.folder = folder
        self.warehouse = folder / "ledger.duckdb"
        self.runs = 0

    def with_fetcher(self, work, *, now=NOW, allow_private=True, limits=PATIENT):
        """Run `work(fetcher, archive)` on a loop of its own."""
        self.runs += 1

        async def run():
            fetcher = Fetcher(
                user_agent="missionwire test",
                spacing_seconds=0,
                allow_private=allow_private,
                retry_seconds=0,
                manners=self.folder / "manners",
                clock=lambda: now,
                limits=limits,
            )
            try:
                with Archive(self.folder / "archive", f"batch-{self.runs}", now=now) as archive:
                    return await work(fetcher, archive)
            finally:
                await fetcher.close()

        return asyncio.run(run())

    def poll(self, *urls, now=NOW, states=None, **options):
        """Ask feeds once; nothing is remembered but what servers ask of us."""
        feeds = [Feed(url, "Paper") for url in urls]

        async def work(fetcher, archive):
            return await poll_feeds(feeds, states or {}, fetcher, archive, now=now, advance=lambda: None)

        return self.with_fetcher(work, now=now, **options)

    def run(self, *urls, now=NOW, **options):
        """Ask feeds once, with what the ledger knows, and load what came: polls, and the entries that are new."""
        polled = self.poll(*urls, now=now, states=feed_states(self.warehouse), **options)
        new = unseen_entries(self.warehouse, [entry for each in polled for entry in each.entries])
        polls = [
            settle_poll(each.poll, entries_new=sum(entry.feed_url == each.poll.feed for entry in new))
            if each.poll.outcome == "changed"
            else each.poll
            for each in polled
        ]
        spool = Spool.create(self.folder / "spool", f"run-{self.runs}", 0)
        spool.add(*new, *polls)
        load_spools(self.warehouse, [spool.finish()], recorded_at=now)
        return SimpleNamespace(polls=polls, poll=polls[0], entries=polled[0].entries, new=new)

    def fetch(self, url, **options):
        """The answer to one request, or the error that came of it."""

        async def work(fetcher, archive):
            try:
                return await fetcher.fetch(url, archive=archive)
            except FetchError as error:
                return error

        return self.with_fetcher(work, **options)


@pytest.fixture
def reader(tmp_path):
    """A reader with an empty ledger."""
    return Reader(tmp_path)
