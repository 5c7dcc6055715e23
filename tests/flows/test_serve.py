"""`missionwire serve`: a Prefect server of its own, runs on schedule, a clean stop."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

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
    assert "Warning" not in said
    _, alive = psutil.wait_procs(children, timeout=20)
    assert alive == []
    first, second, *_ = ledger_runs(tmp_path / "data/missionwire.duckdb")
    assert (first[1], first[2]) == ("completed", 1)
    assert (second[1], second[2]) == ("completed", 0)
    assert (second[0] - first[0]).total_seconds() == pytest.approx(INTERVAL_SECONDS, abs=INTERVAL_SECONDS)


def ledger_runs(file):
    with open_warehouse(file, read_only=True) as connection:
        return connection.execute("SELECT started_at, state, articles_loaded FROM runs ORDER BY started_at").fetchall()
