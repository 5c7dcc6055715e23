"""`missionwire serve`: a Prefect server of its own, runs on schedule, a clean stop."""

import re
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace

import psutil
import pytest

from flows.prefect_server import listening
from tests.flows.command import SETTINGS, clean_environment, missionwire
from tests.flows.newspaper import feed, feed_list, page
from warehouse.connection import open_warehouse

INTERVAL_SECONDS = 5


@pytest.fixture
def start(site, tmp_path):
    """Starts `serve` over one feed in a folder below tmp_path, as often as one likes."""
    site.replies |= {"/feed": feed(site, ("/story", "Kenya sends 150")), "/story": page("Kenya sends 150 officers")}
    environment = {
        **clean_environment(),
        **SETTINGS,
        "MISSIONWIRE_INTERVAL": str(INTERVAL_SECONDS),
    }
    feeds = feed_list(tmp_path, site.url("/feed"))
    started = []

    def serve(folder):
        command = [sys.executable, "-m", "flows", "serve", "--data", str(folder / "data"), "--feeds", str(feeds)]
        with (folder / "serve.log").open("w") as log:
            started.append(subprocess.Popen(command, cwd=folder, env=environment, stderr=log))
        return started[-1]

    yield serve
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def serving(start, tmp_path):
    """A serving process."""
    return start(tmp_path)


def wait_for_runs(log, count, process):
    deadline = time.monotonic() + 200
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        if log.read_text().count("run completed: ") >= count:
            return
        time.sleep(0.5)
    raise AssertionError(f"no {count} runs in time: {log.read_text()}")


@pytest.mark.long
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
    # A busy machine leaves out runs of the schedule; the usual interval would be half an hour.
    assert 0 < (second[0] - first[0]).total_seconds() < 1000


@pytest.mark.long
def test_a_stop_in_the_middle_of_a_run_ends_it_cleanly_and_the_next_run_does_the_rest(site, serving, tmp_path):
    """A page is being fetched when the signal comes: nobody waits for it, no process stays, and nothing is lost."""
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
    assert "run completed" not in (tmp_path / "serve.log").read_text()
    opened.set()
    assert not (tmp_path / "data/serve.json").exists()
    done = missionwire("run", "--all", "--feeds", tmp_path / "feeds.toml", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    runs = ledger_runs(tmp_path / "data/missionwire.duckdb")
    assert [run[1:] for run in runs] == [("killed", 0), ("completed", 1)]


@pytest.mark.long
def test_two_that_start_at_once_have_a_server_each(start, tmp_path):
    """Both want Prefect's usual port: one has it, the other another, and neither does the runs of the other."""
    folders = [tmp_path / "one", tmp_path / "other"]
    for folder in folders:
        folder.mkdir()
    processes = [start(folder) for folder in folders]
    for folder, process in zip(folders, processes, strict=True):
        wait_for_runs(folder / "serve.log", 1, process)
    for process in processes:
        process.send_signal(signal.SIGTERM)
    assert [process.wait(timeout=60) for process in processes] == [0, 0]
    said = [(folder / "serve.log").read_text() for folder in folders]
    addresses = {address for text in said for address in re.findall(r"Prefect at (\S+)", text)}
    assert len(addresses) == 2, said
    for folder in folders:
        loaded = [loaded for _, _, loaded in ledger_runs(folder / "data/missionwire.duckdb")]
        assert loaded[0] == sum(loaded) == 1


def test_a_port_is_held_before_the_server_answers():
    """Two that look for a port at the same moment cannot find the same one."""
    with listening(0) as first:
        port = first.getsockname()[1]
        with listening(port) as second:
            assert second.getsockname()[1] != port
    with listening(port) as third:
        assert third.getsockname()[1] == port


@pytest.mark.long
def test_a_server_that_cannot_start_says_why_in_its_log(tmp_path):
    done = missionwire(
        *("run", "--data", tmp_path / "data"),
        cwd=tmp_path,
        settings={"PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{tmp_path}/nowhere/prefect.db"},
    )
    assert done.returncode != 0
    log = tmp_path / "data/prefect/server.log"
    assert f"Prefect's server did not start; {log} says why" in done.stderr
    assert "unable to open database file" in log.read_text()


def ledger_runs(file):
    with open_warehouse(file, read_only=True) as connection:
        return connection.execute("SELECT started_at, state, articles_loaded FROM runs ORDER BY started_at").fetchall()
