"""A team's set-up: Prefect's server on PostgreSQL, a work pool, a worker, and missionwire beside them."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from flows.locking import run_lock
from tests.flows.command import SETTINGS, clean_environment
from tests.flows.conftest import Site
from tests.flows.newspaper import feed, feed_list, page
from tests.postgres import running_postgres
from tests.warehouse.ledger import older_copy
from warehouse.connection import open_warehouse
from warehouse.copying import schema_of

ROOT = Path(__file__).resolve().parents[2]
SYSTEMD = ROOT / "docs/systemd"

# Every Python process of these tests loads it: what would leave loopback is refused and written down.
FENCE = """
import ipaddress, os, socket, sys
def watch(event, arguments):
    if event != "socket.connect" or arguments[0].family not in (socket.AF_INET, socket.AF_INET6):
        return
    host = arguments[1][0]
    if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
        with open(os.environ["STRAYS"], "a") as strays:
            print(sys.argv, arguments[1], file=strays)
        raise PermissionError(f"only loopback is allowed, not {host}")
sys.addaudithook(watch)
"""

pytestmark = pytest.mark.long


def settings_of(file):
    """The variables of an environment file of systemd's."""
    return dict(re.findall(r"^([A-Z_]+)=(.*)$", (SYSTEMD / file).read_text(), re.MULTILINE))


def command_of(unit, **replaced):
    """What a unit of systemd's starts, as a module of Python's."""
    [line] = re.findall(r"^ExecStart=/opt/missionwire/bin/(.*)$", (SYSTEMD / unit).read_text(), re.MULTILINE)
    program, *words = line.split()
    return [{"missionwire": "flows"}.get(program, program), *(replaced.get(word, word) for word in words)]


class Team:
    """A machine as docs/operating.md sets it up: its folder, its environment, its Prefect server."""

    def __init__(self, folder, postgres, site):
        self.folder = folder
        self.postgres = postgres
        self.strays = folder / "strays"
        (folder / "fence").mkdir()
        (folder / "fence/sitecustomize.py").write_text(FENCE)
        shutil.copy(ROOT / "prefect.yaml", folder)
        feed_list(folder, site.url("/feed"))
        (folder / "missionwire.toml").write_text('data = "data"\nfeeds = "feeds.toml"\n')
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.api = f"http://127.0.0.1:{probe.getsockname()[1]}/api"
        self.environment = {
            **clean_environment(),
            **SETTINGS,
            **settings_of("prefect.env"),
            "PREFECT_API_URL": self.api,
            "PREFECT_HOME": str(folder / "prefect"),
            "PWD": str(folder),
            "PYTHONPATH": str(folder / "fence"),
            "STRAYS": str(self.strays),
        }

    @property
    def own(self):
        """The environment of somebody who names no Prefect server."""
        return {name: value for name, value in self.environment.items() if not name.startswith("PREFECT_")}

    def prefect(self, *arguments):
        """Run Prefect's own command to its end; what it said."""
        return self._run([sys.executable, "-m", "prefect", *arguments], self.environment)

    def missionwire(self, *arguments, base=None):
        """Run a command of ours to its end; what it said."""
        return self._run([sys.executable, "-m", "flows", *arguments], base or self.environment)

    def start(self, log, *command, **environment):
        """Start a process that runs on."""
        with (self.folder / log).open("ab") as output:
            return subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=self.folder,
                env=(environment.pop("base", None) or self.environment) | environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )

    def states(self, database="prefect"):
        """The flow runs that have ended, oldest first."""
        return self.postgres.rows(
            database,
            "SELECT state_type FROM flow_run WHERE end_time IS NOT NULL ORDER BY start_time NULLS LAST, end_time",
        )

    def _run(self, command, environment):
        done = subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@contextmanager
def ended(process, *, by_force=False):
    """Stop a process as systemd does, and see that none of its children stays.

    Args:
        by_force: what has not heeded SIGTERM within a minute is killed with its children; else the test fails.
    """
    try:
        yield process
    finally:
        children = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            if not by_force:
                raise
        _, alive = psutil.wait_procs(children, timeout=20)
        for child in alive:
            child.kill()
        assert by_force or alive == []


@pytest.fixture(scope="module")
def team(tmp_path_factory):
    """Everything that runs for as long as the tests of this module."""
    site = Site()
    site.replies |= {"/feed": feed(site, ("/story", "Kenya sends 150")), "/story": page("Kenya sends 150 officers")}
    with running_postgres() as postgres:
        team = Team(tmp_path_factory.mktemp("team"), postgres, site)
        [name] = settings_of("prefect-server.env")
        port = team.api.removesuffix("/api").rsplit(":", 1)[1]
        command = command_of("missionwire-prefect.service", **{"4200": port})
        server = team.start("server.log", *command, **{name: postgres.create("prefect")})
        with ended(server):
            wait_for(lambda: answers(team.api), server, team.folder / "server.log")
            yield team
    site.close()
    assert not team.strays.exists(), team.strays.read_text()


def cron_lines(team):
    """The lines of the guide's crontab without their times, for this machine."""
    [block] = re.findall(r"```crontab\n(.*?)```", (ROOT / "docs/operating.md").read_text(), re.DOTALL)
    command = team.folder / "missionwire"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m flows "$@"\n')
    command.chmod(0o755)
    for line in block.splitlines():
        words = line.split(maxsplit=5)[5].replace("/var/lib/missionwire", str(team.folder))
        yield words.replace("/opt/missionwire/bin/missionwire", str(command))


def answers(api):
    host, port = re.search(r"//(.*):(\d+)/", api).groups()
    try:
        socket.create_connection((host, int(port)), timeout=1).close()
    except OSError:
        return False
    return True


def wait_for(happened, process, log):
    deadline = time.monotonic() + 120
    while not happened():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.2)


def test_a_worker_does_the_runs_of_the_pool(team):
    team.prefect("work-pool", "create", "missionwire", "--type", "process")
    team.prefect("--no-prompt", "deploy", "--all")
    team.prefect("deployment", "run", "ingest/missionwire")
    worker = team.start("worker.log", *command_of("missionwire-worker.service"))
    # Prefect's worker now and then does not end when it is told to.
    with ended(worker, by_force=True):
        wait_for(team.states, worker, team.folder / "worker.log")
        assert team.states() == [("COMPLETED",)], (team.folder / "worker.log").read_text()
        with run_lock(team.folder / "data"):
            team.prefect("deployment", "run", "ingest/missionwire")
            wait_for(lambda: len(team.states()) == 2, worker, team.folder / "worker.log")
    assert team.states() == [("COMPLETED",), ("CANCELLED",)]
    with open_warehouse(team.folder / "data/missionwire.duckdb", read_only=True) as ledger:
        assert ledger.execute("SELECT state, articles_loaded FROM runs").fetchall() == [("completed", 1)]
    scheduled = team.postgres.rows(
        "prefect", "SELECT count(*) FROM flow_run WHERE state_type = 'SCHEDULED' AND auto_scheduled"
    )
    assert scheduled[0][0] > "1"


def test_a_run_by_hand_is_kept_by_the_server_that_is_named(team):
    before = len(team.states())
    assert "completed" in team.missionwire("run", "--all")
    assert team.states()[before:] == [("COMPLETED",)]


def test_a_server_of_our_own_keeps_its_runs_where_the_environment_says(team):
    address = team.postgres.create("own")
    serving = team.start(
        "serve.log",
        "flows",
        "serve",
        base=team.own,
        PREFECT_API_DATABASE_CONNECTION_URL=address,
        MISSIONWIRE_INTERVAL="5",
    )
    with ended(serving):

        def has_run():
            tables = team.postgres.rows("own", "SELECT 1 FROM pg_tables WHERE tablename = 'flow_run'")
            # Where runs take longer than the interval, those that meet another one end first, and are cancelled.
            return bool(tables and ("COMPLETED",) in team.states("own"))

        wait_for(has_run, serving, team.folder / "serve.log")
    assert not list((team.folder / "data/prefect").glob("*.db"))


def test_what_single_runs_leave_with_prefect_is_cleared_when_it_has_grown(team):
    file = team.folder / "alone/prefect/single-runs.db"
    file.parent.mkdir(parents=True)
    with file.open("wb") as grown:
        grown.truncate(65_000_000)
    (team.folder / "alone/prefect/prefect.db").write_text("of the server that serve may be running")
    said = team.missionwire("run", "--data", "alone", base=team.own)
    assert "1 articles loaded" in said
    assert file.stat().st_size < 3_000_000
    assert (team.folder / "alone/prefect/prefect.db").read_text().startswith("of the server")


def test_cron_hears_of_what_cannot_be_done_and_of_nothing_else(team):
    def cron(line):
        done = subprocess.run(
            ["sh", "-c", line], cwd="/", env=team.environment, capture_output=True, text=True, timeout=120, check=False
        )
        return done.stdout + done.stderr

    run, backup = cron_lines(team)
    assert cron(run) == ""
    with run_lock(team.folder / "data"):
        assert "another run is on" in cron(run)
    old = team.folder / "data/backups/missionwire-20250101T000000Z.duckdb"
    old.parent.mkdir(exist_ok=True)
    old.touch()
    os.utime(old, (0, 0))
    assert cron(backup) == ""
    [kept] = (team.folder / "data/backups").iterdir()
    assert kept != old


def test_an_older_warehouse_is_upgraded_in_place_by_the_next_run(team):
    data = team.folder / "older"
    data.mkdir()
    older_copy(team.folder / "data/missionwire.duckdb", data / "missionwire.duckdb", 5)
    question = ("sql", "--csv", "SELECT actor, value_best, sentence FROM deployments")
    told = team.missionwire(*question)
    team.missionwire("run", "--all", "--data", "older")
    assert team.missionwire(*question, "--data", "older") == told
    assert told.count("\n") > 1
    assert schema_of(data / "missionwire.schema-5.duckdb") == 5
    team.missionwire("restore", "older/missionwire.schema-5.duckdb", "--data", "older")
    assert team.missionwire(*question, "--data", "older") == told
