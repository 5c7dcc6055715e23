"""A simulated month of scheduled runs over a press that publishes, edits, dies and comes back."""

import gc
import itertools
import sys
from collections import Counter, defaultdict
from datetime import timedelta
from statistics import median
from types import SimpleNamespace

import psutil
import pytest
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
from prefect.testing.utilities import prefect_test_harness

from flows.ingest import ingest
from flows.settings import read_settings
from tests.flows.month.server import serving_press
from tests.flows.month.world import DAY, DAYS, END, HOUR, START, press
from warehouse.query import run_query

pytestmark = [pytest.mark.long, pytest.mark.timeout(3000)]

# Runs every four hours, and every half hour on one of the days: what feeds ask for must hold at any interval.
_USUAL_STEP = timedelta(hours=4)
_SHORT_STEP = timedelta(minutes=30)
_BUSY_DAYS = (3,)
_WATCHED_DAYS = (7, 9, 13, 20, 29)
# A page that fails is asked for again during so long: the waits between five attempts, and a run's step after each.
_LONGEST_RETRY = timedelta(hours=31) + 5 * _USUAL_STEP
# From day 5, when all code has run once, to the end: what DuckDB and Prefect keep in buffers, measured 0.1 MB.
_MOST_GROWTH_BYTES = 30_000_000


def moments():
    """When the schedule runs."""
    moment = START
    while moment < END:
        yield moment
        moment += _SHORT_STEP if (moment - START).days in _BUSY_DAYS else _USUAL_STEP


@pytest.fixture(scope="module")
def month(tmp_path_factory):
    """The whole month, run once; all tests look at what it left behind."""
    folder = tmp_path_factory.mktemp("month")
    # Heartbeats tell a server about runs that hang; waiting for their thread would take half the month.
    with (
        serving_press() as server,
        prefect_test_harness(server_startup_timeout=120),
        temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}),
    ):
        feed_list(folder, server.port)
        runs, usage, health = [], {}, {}
        for moment in moments():
            server.at(moment)
            runs.append(ingest(settings(folder, moment)))
            day = (moment - START) // DAY
            if day not in usage and day >= 5:
                gc.collect()
                usage[day] = measure()
            if day in _WATCHED_DAYS and day not in health:
                health[day] = dict(ask(folder, "SELECT feed, state FROM feed_health"))
        tell(f"{len(runs)} runs, {len(server.requests())} requests, {usage[5]}, {usage[DAYS - 1]}")
        yield SimpleNamespace(
            folder=folder, port=server.port, runs=runs, usage=usage, health=health, log=server.requests()
        )


def settings(folder, moment):
    return read_settings(
        data=folder / "data",
        feeds=folder / "feeds.toml",
        spacing_seconds=0,
        retry_seconds=0,
        allow_private_addresses=True,
        workers=1,
        now=moment,
    )


def feed_list(folder, port):
    tables = (
        f'[[feed]]\nurl = "{url_of(paper, port)}"\noutlet = "Paper {paper.number}"\nfetch = "{paper.fetch}"\n'
        for paper in press()
    )
    (folder / "feeds.toml").write_text("\n".join(tables))


def url_of(paper, port):
    return f"http://{paper.address}:{port}{paper.path}"


def ask(folder, sql):
    return list(run_query(folder / "data/published/missionwire.duckdb", sql).rows)


def measure():
    process = psutil.Process()
    return SimpleNamespace(bytes=process.memory_info().rss, threads=process.num_threads(), files=process.num_fds())


def tell(figures):
    """What `pytest -s` shows: figures to look at, which no assertion needs."""
    sys.stdout.write(f"{figures}\n")


def feed_requests(month):
    """Requests for a feed by paper, at its old address and its new one, oldest first."""
    papers = {(paper.address, path): paper for paper in press() for path in (paper.path, paper.new_path)}
    found = {paper: [] for paper in press()}
    for request in month.log:
        if paper := papers.get((request.address, request.path)):
            found[paper].append(request)
    return found


def readings(month):
    """By paper, the moments at which its feed was really read (a 304 shows what the reading before it showed)."""
    return {
        paper: sorted({request.moment for request in requests if request.status in (200, 304)})
        for paper, requests in feed_requests(month).items()
    }


def seen_wordings(month):
    """What the ledger must hold: (feed, guid, title) of every entry in every feed that was shown, by paper."""
    return {
        paper: {(story.guid, story.headline(moment)): story for moment in read_at for story in paper.shown(moment)}
        for paper, read_at in readings(month).items()
    }


def test_every_entry_that_was_shown_is_received_once_a_wording(month):
    expected = Counter(
        (url_of(paper, month.port), guid, title)
        for paper, wordings in seen_wordings(month).items()
        for guid, title in wordings
    )
    received = Counter(ask(month.folder, "SELECT feed, guid, title FROM raw.entry"))
    assert not list((received - expected).items())[:5]
    assert not list((expected - received).items())[:5]


def test_every_url_is_one_article_or_one_rejection(month):
    """Pages that are not there, that robots.txt forbids and that name no mission have each their own reason."""
    articles = Counter(url for (url,) in ask(month.folder, "SELECT url FROM articles"))
    rejections = dict(
        ask(month.folder, "SELECT url, reason FROM rejections WHERE stage <> 'poll' OR reason = 'off_topic'")
    )
    assert max(articles.values()) == 1
    expected_articles, expected_rejections, waiting = set(), {}, set()
    for paper, wordings in seen_wordings(month).items():
        for story in wordings.values():
            url = story.url.format(port=month.port)
            if reason := _expected_reason(paper, story):
                expected_rejections[url] = reason
            elif story.page == "late" and story.published_at > END - _LONGEST_RETRY:
                waiting.add(url)
            else:
                expected_articles.add(url.split("?")[0])
    assert {url: reason for url, reason in rejections.items() if url not in waiting} == expected_rejections
    assert {rejections.get(url, "server_error") for url in waiting} == {"server_error"}
    assert set(articles) - waiting == expected_articles


def _expected_reason(paper, story):
    if paper.fetch == "matching" and story.is_off_topic:
        return "off_topic"
    if story.page == "forbidden":
        return "robots"
    return "not_found" if story.page == "missing" else None


def test_a_silent_edit_is_one_more_revision(month):
    found = dict(ask(month.folder, "SELECT url, revision_count FROM articles WHERE revision_count > 1"))
    wordings = defaultdict(set)
    for seen in seen_wordings(month).values():
        for (_, title), story in seen.items():
            if story.page in ("article", "late") and not story.is_off_topic:
                wordings[story.url.format(port=month.port).split("?")[0]].add(title)
    assert found == {url: len(titles) for url, titles in wordings.items() if len(titles) > 1}
    assert len(found) > 50


def test_what_the_window_lost_is_suspected_and_nothing_else_is(month):
    suspected = set(ask(month.folder, "SELECT outlet, day::VARCHAR FROM coverage WHERE gap_suspected"))
    expected, lost = set(), 0
    for paper, read_at in readings(month).items():
        for before, now in itertools.pairwise(read_at):
            guids_before = {story.guid for moment in read_at if moment <= before for story in paper.shown(moment)}
            if not {story.guid for story in paper.shown(now)} & guids_before:
                expected.add((f"Paper {paper.number}", str(now.date())))
        wordings = {story.guid for moment in read_at for story in paper.shown(moment)}
        if read_at:
            published = [s for s in paper.stories if read_at[0] < s.published_at <= read_at[-1]]
            gone = [story for story in published if story.guid not in wordings]
            lost += len(gone)
            for story in gone:
                noticed = next(moment for moment in read_at if moment >= story.published_at)
                assert (f"Paper {paper.number}", str(noticed.date())) in expected
    assert suspected == expected
    assert lost > 0


def test_no_feed_is_asked_before_it_allows(month):
    """ttl, Cache-Control, Retry-After, skipHours and skipDays, as the answers so far have stated them."""
    early = []
    for paper, requests in feed_requests(month).items():
        moments_asked = sorted({request.moment for request in requests})
        answers = {request.moment: request for request in requests}
        is_read = False
        for before, now in itertools.pairwise(moments_asked):
            is_read = is_read or answers[before].status in (200, 304)
            wishes = {"habit": 300}
            if is_read and answers[before].status in (200, 304):
                wishes |= {"ttl": paper.ttl or 0, "max-age": paper.max_age or 0}
            outage = paper.outage(before)
            if outage and outage.retry_after:
                wishes["Retry-After"] = outage.retry_after
            if (now - before).total_seconds() < max(wishes.values()):
                early.append((paper.role, paper.number, before, now, wishes))
            if is_read and (now.hour in paper.skip_hours or f"{now:%A}" in paper.skip_days):
                early.append((paper.role, paper.number, before, now, "skipped"))
    assert not early[:5]


def test_a_host_that_asks_for_patience_is_left_alone_altogether(month):
    asked = defaultdict(set)
    for request in month.log:
        asked[request.address].add(request.moment)
    for paper, requests in feed_requests(month).items():
        for request in requests:
            outage = paper.outage(request.moment)
            if outage and outage.retry_after:
                until = request.moment + timedelta(seconds=outage.retry_after)
                assert not [moment for moment in asked[paper.address] if request.moment < moment < until]


def test_a_gone_feed_is_asked_once_a_week_and_a_dead_one_ever_less(month):
    for paper, requests in feed_requests(month).items():
        if paper.role == "gone":
            refused = sorted({request.moment for request in requests if request.status == 410})
            assert refused
            assert all(now - before >= 7 * DAY for before, now in itertools.pairwise(refused))
        if paper.role == "dead":
            refused = sorted({request.moment for request in requests if request.status == 404})
            assert 20 <= len(refused) <= 30
            assert all(now - before >= 20 * HOUR for before, now in itertools.pairwise(refused[-12:]))


def test_nothing_is_asked_that_robots_forbids_and_robots_once_a_day(month):
    closed = {paper.address for paper in press() if paper.role == "closed"}
    assert not [request for request in month.log if "/private/" in request.path]
    assert not [request for request in month.log if request.address in closed and request.path != "/robots.txt"]
    robots = defaultdict(list)
    for request in month.log:
        if request.path == "/robots.txt":
            robots[request.address].append(request.moment)
    assert all(now - before >= DAY for asked in robots.values() for before, now in itertools.pairwise(asked))


def test_a_crawl_delay_is_kept(month):
    """It is really waited for, on the server's own clock."""
    for paper in press():
        if paper.crawl_delay:
            seconds = [
                request.seconds
                for request in month.log
                if request.address == paper.address and request.path != "/robots.txt"
            ]
            assert min(now - before for before, now in itertools.pairwise(seconds)) >= paper.crawl_delay * 0.95


def test_one_connection_at_most_to_a_host(month):
    assert {request.connections for request in month.log} == {1}


def test_feeds_that_moved_are_asked_at_their_new_address(month):
    for paper, requests in feed_requests(month).items():
        if paper.moved_at:
            late = [request.path for request in requests if request.moment > paper.moved_at + 6 * DAY]
            assert late
            assert set(late) == {paper.new_path}


def test_feed_health_says_what_the_script_says(month):
    for day, states in month.health.items():
        moment = START + day * DAY
        for paper in press():
            state = states[url_of(paper, month.port)]
            for role, since, expected in (("gone", 11, "gone"), ("dead", 9, "failing"), ("mute", 14, "silent")):
                if paper.role == role and day >= since:
                    assert (paper.number, day, state) == (paper.number, day, expected)
            if paper.role == "dark":
                assert (state == "failing") == (paper.outage(moment) is not None)
            if paper.role == "closed":
                assert state == "failing"


def test_memory_threads_and_files_stay_flat(month):
    first, last = month.usage[5], month.usage[DAYS - 1]
    assert last.bytes - first.bytes < _MOST_GROWTH_BYTES
    assert last.threads <= first.threads + 3
    assert last.files <= first.files + 5


def test_news_is_seen_soon_for_few_requests(month):
    """The medians of feeds by what they publish: how often they were asked in a day, and how late an entry was seen."""
    first = dict(ask(month.folder, "SELECT guid, min(recorded_at) FROM raw.entry GROUP BY guid"))
    figures = {}
    for role in ("slow", "steady", "busy", "wire"):
        papers = [paper for paper in press() if paper.role == role]
        asked = [len({r.moment for r in feed_requests(month)[paper]}) / DAYS for paper in papers]
        delays = [
            (first[story.guid] - story.published_at) / HOUR
            for paper in papers
            for story in paper.stories
            if story.published_at > START + 5 * DAY and story.guid in first
        ]
        figures[role] = round(median(asked), 1), round(median(delays), 1)
    tell(f"requests a day and hours until an entry is seen, medians: {figures}")
    assert all(delay < 24 for _, delay in figures.values())


def test_each_run_ended_well_or_names_what_failed(month):
    assert {run.state for run in month.runs} <= {"completed", "partial"}
    assert len(month.runs) == len(list(moments()))
