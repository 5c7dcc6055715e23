"""Runs one after another while twenty people read: nobody gets an error, nobody waits, nobody sees half a run.

MISSIONWIRE_SOAK_SECONDS says for how long (75 by itself, 600 for a trial); the figures are printed.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections import Counter

import pytest

from tests.flows.command import missionwire
from tests.flows.newspaper import PARAGRAPHS, feed, feed_list, page
from tests.flows.sql_clients import Server, wait_until
from tests.postgres import running_postgres

SECONDS = float(os.environ.pop("MISSIONWIRE_SOAK_SECONDS", "75"))
# Of that time for the lake: `make check` has little.
LAKE_SHARE = 0.5
READERS = 20
STORIES_A_RUN = 6


def write_stories(site, edition):
    """What an edition adds, and a feed of the newest two."""
    numbers = range(edition * STORIES_A_RUN, (edition + 1) * STORIES_A_RUN)
    for number in numbers:
        paragraphs = [paragraph.replace("150", str(100 + number)) for paragraph in PARAGRAPHS]
        site.replies[f"/story-{number}"] = page(f"Kenya sends {100 + number} officers to Haiti", paragraphs)
    listed = range(max(0, numbers.start - STORIES_A_RUN), numbers.stop)
    site.replies["/feed"] = feed(site, *((f"/story-{number}", f"Kenya sends {100 + number}") for number in listed))


def make_run(site, edition, folder, **settings):
    """One run as a timer would start it; how long it took."""
    write_stories(site, edition)
    started = time.monotonic()
    arguments = ("run", "--all", "--data", folder / "data", "--feeds", folder / "feeds.toml")
    done = missionwire(*arguments, cwd=folder, settings=settings)
    assert done.returncode == 0, done.stderr
    assert f"{STORIES_A_RUN} articles loaded" in done.stdout, done.stdout
    # What a reader in the way of a writer would make it say.
    assert "is held by" not in done.stderr
    return time.monotonic() - started


@pytest.fixture
def start_readers():
    """Starts readers of a kind, each a process; `stop` has their figures."""
    readers = []

    class Readers:
        def start(self, kind, *target, count):
            for _ in range(count):
                command = [sys.executable, "-m", "tests.flows.soak_reader", kind, *map(str, target)]
                readers.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))

        def stop(self):
            return [json.loads(reader.communicate(timeout=60)[0]) for reader in readers]

    yield Readers()
    for reader in readers:
        reader.kill()
        reader.communicate()


@pytest.mark.long
@pytest.mark.timeout(SECONDS + 300)
def test_twenty_read_while_runs_come_one_after_another(site, tmp_path, start_readers, capsys):
    feed_list(tmp_path, site.url("/feed"))
    durations = [make_run(site, 0, tmp_path)]
    published = tmp_path / "data/published/missionwire.duckdb"
    server = Server(tmp_path / "data").ready()
    try:
        start_readers.start("file", published, count=READERS // 2)
        start_readers.start("quack", server.port, count=READERS // 2)
        make_runs(site, tmp_path, durations, SECONDS)
        wait_until(lambda: server.said().count("a new publication is served") == len(durations) - 1)
        figures = start_readers.stop()
    finally:
        assert server.stop() == 0
    see_that_all_came_along(figures, durations, capsys)


@pytest.mark.long
@pytest.mark.timeout(SECONDS + 300)
def test_twenty_read_a_lake_while_runs_load_it(site, tmp_path, start_readers, capsys):
    """They ask the lake itself: there is no snapshot between them and the runs."""
    feed_list(tmp_path, site.url("/feed"))
    with running_postgres() as postgres:
        postgres.create("lake")
        lake = f"ducklake:postgres:{postgres.place('lake')}", tmp_path / "lake"
        settings = {"MISSIONWIRE_WAREHOUSE": lake[0], "MISSIONWIRE_LAKE_DATA": str(lake[1])}
        durations = [make_run(site, 0, tmp_path, **settings)]
        start_readers.start("lake", *lake, count=READERS)
        make_runs(site, tmp_path, durations, SECONDS * LAKE_SHARE, **settings)
        figures = start_readers.stop()
    see_that_all_came_along(figures, durations, capsys)


def make_runs(site, folder, durations, seconds, **settings):
    """Runs one after another for so long, each with its duration."""
    ends_at = time.monotonic() + seconds
    while time.monotonic() < ends_at:
        durations.append(make_run(site, len(durations), folder, **settings))


def see_that_all_came_along(figures, durations, capsys):
    """Nobody had a problem, and all have come as far as the last run, one row of the ledger after another."""
    assert [reader for reader in figures if "problem" in reader] == []
    assert len(figures) == READERS
    runs = len(durations)
    assert Counter(reader["last"][6] for reader in figures) == {runs: READERS}
    assert {reader["last"][0] for reader in figures} == {runs * STORIES_A_RUN}
    with capsys.disabled():
        sys.stdout.write(f"\n{tell(figures, durations)}\n")


def tell(figures, durations):
    """What it was like, for a person."""
    lines = [f"{len(durations)} runs, {statistics.median(durations):.1f} s each ({durations[0]:.1f} s without readers)"]
    for kind in sorted({reader["kind"] for reader in figures}):
        seconds = sorted(second for reader in figures if reader["kind"] == kind for second in reader["seconds"])
        median, late = statistics.median(seconds), seconds[int(len(seconds) * 0.99)]
        lines.append(f"{kind}: {len(seconds)} questions, median {median * 1000:.0f} ms, p99 {late * 1000:.0f} ms")
    return "\n".join(lines)
