"""`missionwire serve`: a Prefect server of its own, runs on schedule, a clean stop."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from tests.flows.newspaper import feed, feed_list, page
from warehouse.query import run_query

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
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    yield process
    process.kill()
    process.communicate()


def wait_for_runs(published, count, process):
    deadline = time.monotonic() + 200
    while time.monotonic() < deadline:
        assert process.poll() is None, process.stderr.read()
        if published.exists():
            runs = run_query(published, "SELECT started_at, state, articles_loaded FROM runs ORDER BY started_at").rows
            if len(runs) >= count:
                return runs
        time.sleep(0.5)
    raise AssertionError(f"no {count} runs in time")


def test_runs_happen_on_schedule_and_a_stop_leaves_nothing_behind(serving, tmp_path):
    published = tmp_path / "data/published/missionwire.duckdb"
    first, second, *_ = wait_for_runs(published, 2, serving)
    assert (first[1], first[2]) == ("completed", 1)
    assert (second[1], second[2]) == ("completed", 0)
    assert second[0] > first[0]
    children = psutil.Process(serving.pid).children(recursive=True)
    assert any("server" in child.cmdline() for child in children)
    serving.send_signal(signal.SIGTERM)
    _, said = serving.communicate(timeout=60)
    assert serving.returncode == 0
    assert said.rstrip().endswith("stopped")
    assert "Warning" not in said
    _, alive = psutil.wait_procs(children, timeout=20)
    assert alive == []
