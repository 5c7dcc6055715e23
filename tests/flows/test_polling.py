"""Forty feeds, each on a domain of its own, of which all but two are unchanged; and what a run owes to its servers."""

import asyncio
import contextlib
import threading
from collections import Counter
from datetime import timedelta

import pytest

from extractors.errors import TransientError
from extractors.records import Reason
from flows.fetch.archive import archived_offsets
from flows.polling import due_feeds, poll_feeds
from tests.flows.hostile.conftest import NOW, SHORT, Reader
from tests.flows.hostile.server import HostileServer, http, rss
from warehouse.query import run_query
from warehouse.state import FeedState

DAY = timedelta(days=1)
ADDRESSES = [f"127.0.4.{number}" for number in range(1, 41)]
CHANGED = ADDRESSES[:2]
BY_ETAG = ADDRESSES[2:14]
BY_BYTES = ADDRESSES[14:26]
ROBOTS = b"User-agent: *\nDisallow: /private/\n"


class Papers:
    """One server on many addresses that keeps connections open, and counts them."""

    def __init__(self, addresses, answer):
        self.requests, self.connections = [], Counter()
        self._answer = answer
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(addresses, ready), daemon=True)
        self._thread.start()
        ready.wait(10)

    def close(self):
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join()

    def _serve(self, addresses, ready):
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._listen(addresses, ready))
        self._loop.close()

    async def _listen(self, addresses, ready):
        self._end = asyncio.Event()
        first = await asyncio.start_server(self._talk, addresses[0], 0)
        self.port = first.sockets[0].getsockname()[1]
        others = await asyncio.start_server(self._talk, addresses[1:], self.port)
        ready.set()
        await self._end.wait()
        first.close()
        others.close()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _talk(self, reader, writer):
        address = writer.get_extra_info("sockname")[0]
        self.connections[address] += 1
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            try:
                while True:
                    head = (await reader.readuntil(b"\r\n\r\n")).decode()
                    path = head.split(" ")[1]
                    self.requests.append((address, path))
                    writer.write(self._answer(address, path, head))
                    await writer.drain()
            finally:
                writer.close()


@pytest.fixture
def world():
    """Forty papers of which the first round shows all, and the second hardly anything new."""
    state = {"round": 0}

    def answer(address, path, head):
        if path == "/robots.txt":
            return http(ROBOTS, Connection=None)
        if path != "/feed":
            return http(b"gone", "404 Not Found", Connection=None)
        if address in BY_ETAG and 'if-none-match: "1"' in head.lower():
            return http(b"", "304 Not Modified", Connection=None)
        is_stamped = address not in {*BY_ETAG, *BY_BYTES}
        made = f"<lastBuildDate>round {state['round']}</lastBuildDate>" if is_stamped else ""
        items = [("/1", "Haiti one"), ("/2", "Haiti two")]
        if address in CHANGED and state["round"]:
            items.insert(0, ("/3", "Haiti three"))
        return http(rss(*items, head=made), Connection=None, ETag='"1"' if address in BY_ETAG else None)

    papers = Papers(ADDRESSES, answer)
    papers.state = state
    yield papers
    papers.close()


def test_unchanged_feeds_are_not_parsed_and_leave_a_poll_and_nothing_else(world, tmp_path, monkeypatch):
    reader = Reader(tmp_path)
    urls = [f"http://{address}:{world.port}/feed" for address in ADDRESSES]
    first = reader.run(*urls)
    assert {poll.outcome for poll in first.polls} == {"changed"}
    world.state["round"] = 1
    world.requests.clear()
    world.connections.clear()
    parsed = []
    monkeypatch.setattr("extractors.feed.feedparser.parse", _counting(parsed))
    second = reader.run(*urls, now=NOW + timedelta(hours=12))
    outcomes = Counter(poll.outcome for poll in second.polls)
    assert outcomes == {"unchanged": 38, "changed": 2}
    assert len(parsed) == 2
    (file,) = tmp_path.rglob("batch-2.warc.gz")
    assert len(list(archived_offsets(file))) == 2
    assert list(run_query(reader.warehouse, "SELECT count(*) FROM ops.poll").rows) == [(80,)]
    assert set(world.connections.values()) == {1}
    # robots.txt is known since the morning.
    assert Counter(world.requests) == Counter((address, "/feed") for address in ADDRESSES)


def _counting(calls):
    import feedparser

    parse = feedparser.parse

    def counted(*arguments, **options):
        calls.append(arguments)
        return parse(*arguments, **options)

    return counted


def test_robots_feed_and_pages_come_over_one_connection(world, tmp_path):
    """Refusals and answers without a body do not cost the connection either."""
    address = BY_ETAG[0]
    place = f"http://{address}:{world.port}"

    async def work(fetcher, archive):
        await fetcher.fetch(f"{place}/feed", archive=archive)
        for path in ("/lost", "/lost-too", "/private/page"):
            with contextlib.suppress(Exception):
                await fetcher.fetch(place + path, archive=archive)
        return await fetcher.fetch(f"{place}/feed", archive=archive)

    Reader(tmp_path).with_fetcher(work)
    assert [path for _, path in world.requests] == ["/robots.txt", "/feed", "/lost", "/lost-too", "/feed"]
    assert world.connections == {address: 1}


def test_a_silent_domain_is_asked_six_times_and_left_to_the_next_run(tmp_path):
    """Thirty pages of a host that takes connections and says nothing: not thirty times three waits."""
    server = HostileServer("127.0.4.50")
    server.answers["/robots.txt"] = http(b"", "404 Not Found")
    server.answers |= {f"/{number}": lambda *_: server.pause(1) for number in range(30)}

    async def work(fetcher, archive):
        pages = (fetcher.fetch(server.url(f"/{number}"), archive=archive) for number in range(30))
        return await asyncio.gather(*pages, return_exceptions=True)

    errors = Reader(tmp_path).with_fetcher(work, limits=SHORT)
    server.close()
    assert len(server.asked()) == 6
    assert {(type(error), error.reason) for error in errors} == {(TransientError, Reason.TIMEOUT)}
    assert sum("left to the next run" in error.detail for error in errors) >= 28


def test_a_wish_to_be_left_alone_holds_for_those_who_wait_already(tmp_path):
    server = HostileServer("127.0.4.51")
    server.answers |= {f"/{number}": http(b"", "429 Too Many Requests", Retry_After="3600") for number in range(20)}

    async def work(fetcher, archive):
        pages = (fetcher.fetch(server.url(f"/{number}"), archive=archive) for number in range(20))
        return await asyncio.gather(*pages, return_exceptions=True)

    errors = Reader(tmp_path).with_fetcher(work)
    server.close()
    assert len(server.asked()) == 1
    assert {error.reason for error in errors} == {Reason.TOO_MANY_REQUESTS}


def test_a_long_feed_does_not_keep_other_servers_waiting(tmp_path):
    """20,000 entries take a second to read; a ticker on the same loop goes on all the while."""
    server = HostileServer("127.0.4.52")
    server.answers["/feed"] = http(rss(*((f"/{number}", "Haiti") for number in range(20_000))))
    ticks = []

    async def tick():
        while True:
            await asyncio.sleep(0.01)
            ticks.append(1)

    async def work(fetcher, archive):
        ticker = asyncio.create_task(tick())
        polled = await poll_feeds([_feed(server.url("/feed"))], {}, fetcher, archive, now=NOW, advance=lambda: None)
        ticker.cancel()
        return polled

    (polled,) = Reader(tmp_path).with_fetcher(work)
    server.close()
    assert len(polled.entries) == 5_000
    # Read on the loop itself, it would leave three, before and behind; on a thread of its own some eighty.
    assert len(ticks) > 12


def _feed(url, **options):
    from extractors.records import Feed

    return Feed(url, "Paper", **options)


@pytest.mark.parametrize(
    ("hour", "overdue", "skip_hours", "is_asked"),
    [
        (3, timedelta(hours=4), (0, 1, 2, 3), False),
        (4, timedelta(hours=4), (0, 1, 2, 3), True),
        (3, timedelta(days=8), (0, 1, 2, 3), True),
        (3, timedelta(hours=4), tuple(range(24)), True),
    ],
)
def test_hours_to_be_spared_are_spared_when_the_schedule_is_late(hour, overdue, skip_hours, is_asked):
    now = NOW.replace(hour=hour)
    feed = _feed("http://p.example/feed")
    state = FeedState(feed.url, next_due_at=now - overdue, skip_hours=skip_hours)
    for everything in (False, True):
        assert bool(due_feeds([feed], {feed.url: state}, now=now, everything=everything)) == is_asked
