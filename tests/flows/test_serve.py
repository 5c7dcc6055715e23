"""`missionwire serve`: a Prefect server of its own, runs on schedule, a clean stop."""

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace

import psutil
import pytest

from tests.flows.command import missionwire
from tests.flows.newspaper import feed, feed_list, page
from warehouse.connection import open_warehouse

INTERVAL_SECONDS = 5


@pytest.fixture
def serving(site, tmp_path):
    """A serving process over one feed."""
    site.replies |= {"/feed": feed(site, ("/story", "Kenya sends 150")), "/story": page("Kenya sends 150 officers")}
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")},
        "MISSIONWIRE_SPACING_SECONDS": "0",
        "MISSIONWIRE_ALLOW_PRIVATE_ADDRESSES": "true",
        "MISSIONWIRE_INTERVAL": str(INTERVAL_SECONDS),
        "MISSIONWIRE_WORKERS": "1",
    }
    feeds = feed_list(tmp_path, site.url("/feed"))
    command = [sys.executable, "-m", "flows", "serve", "--data", str(tmp_path / "data"), "--feeds", str(feeds)]
    with (tmp_path / "serve.log").open("w") as log:
        process = subprocess.Popen(command, env=environment, stderr=log)
    yield process
    process.kill()
    process.wait()


def wait_for_runs(log, count, process):
    deadline = time.monotonic() + 200
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        if log.read_text().count("pages: ") >= count:
            return
        time.sleep(0.5)
    raise AssertionError(f"no {count} runs in time: {log.read_text()}")


def test_runs_happen_on_schedule_and_a_stop_leaves_nothing_behind(serving, tmp_path):
    log = tmp_path / "serve.log"
    wait_for_runs(log, 3, serving)
    children = psutil.Process(serving.pid).children(recursive=True)
    assert any("flows.prefect_server" in child.cmdline() for child in children)
    serving.send_signal(signal.SIGTERM)
    assert serving.wait(timeout=60) == 0
    said = log.read_text()
    assert said.rstrip().endswith("stopped")
    assert "run completed: 1 articles, " in said
    assert "; feeds: 1 ok; next feed due " in said
    assert "Warning" not in said
    _, alive = psutil.wait_procs(children, timeout=20)
    assert alive == []
    first, second, *_ = ledger_runs(tmp_path / "data/missionwire.duckdb")
    assert (first[1], first[2]) == ("completed", 1)
    assert (second[1], second[2]) == ("completed", 0)
    assert (second[0] - first[0]).total_seconds() == pytest.approx(INTERVAL_SECONDS, abs=INTERVAL_SECONDS)


def test_a_stop_in_the_middle_of_a_run_ends_it_cleanly_and_the_next_run_does_the_rest(site, serving, tmp_path):
    """A page is being fetched when the signal comes: no process stays, the lock is free, and nothing is lost."""
    opened = threading.Event()
    site.replies["/story"] = replace(site.replies["/story"], wait=opened)
    deadline = time.monotonic() + 200
    while not site.asked("/story") and time.monotonic() < deadline:
        time.sleep(0.2)
    assert site.asked("/story"), (tmp_path / "serve.log").read_text()
    children = psutil.Process(serving.pid).children(recursive=True)
    serving.send_signal(signal.SIGTERM)
    assert serving.wait(timeout=60) == 0
    _, alive = psutil.wait_procs(children, timeout=20)
    assert alive == []
    opened.set()
    assert not (tmp_path / "data/serve.json").exists()
    done = missionwire("run", "--all", "--feeds", tmp_path / "feeds.toml", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    # Cut off or brought to its end, by how long the page took: either way the article is there, once.
    runs = ledger_runs(tmp_path / "data/missionwire.duckdb")
    assert sum(loaded for _, _, loaded in runs) == 1
    assert runs[-1][1] == "completed"
    assert "running" not in {state for _, state, _ in runs}


def ledger_runs(file):
    with open_warehouse(file, read_only=True) as connection:
        return connection.execute("SELECT started_at, state, articles_loaded FROM runs ORDER BY started_at").fetchall()
