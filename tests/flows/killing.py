"""A newsroom to kill runs in, the moments to kill them at, and what must be the same afterwards."""

import os
import random
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import psutil

from flows.fetch.archive import archived_offsets
from tests.flows.command import SETTINGS, clean_environment
from tests.flows.conftest import Reply
from tests.flows.newspaper import PARAGRAPHS, feed, feed_list, page

CLOCKS = {1: "2025-01-19T06:00:00+00:00", 2: "2025-01-19T12:00:00+00:00"}
# In the order in which a run goes through them. Each is told from the outside, by the files that stand in its folder.
PHASES = ("start", "set up", "poll", "fetch and read", "spool", "load", "publish", "end")


# What is published.


def stage(site, edition):
    """Put an edition of the newsroom on the site; the second one edits, adds, loses and repairs."""
    news, wire = site.url("/"), site.url("/").replace("127.0.0.1", "localhost")
    stories = {f"/story-{number}": _story(number) for number in range(24)}
    agency = [f"Story {number}" for number in range(3)]
    site.replies = {
        **stories,
        **{f"/wire-{number}": stories[f"/story-{number}"] for number in range(3)},
        "/old": Reply(status=301, headers={"Location": "/story-4"}),
        "/menu": Reply(b"<html><body><p>Menu</p></body></html>", headers={"Content-Type": "text/html"}),
        "/notes.pdf": Reply(b"%PDF-1.4 notes", headers={"Content-Type": "application/pdf"}),
        "/busy": Reply(b"later", 503),
        "/feed/news": _listed(site, [f"/story-{n}" for n in range(12)], "/old", "/menu", "/missing"),
        "/feed/more": _listed(site, [f"/story-{n}" for n in range(8, 20)], "/story-3?utm_source=rss", "/notes.pdf"),
        "/feed/picky": feed(
            site,
            ("/story-20", "Kenya sends police to Haiti"),
            *((f"/sport-{n}", "Cup final", "Goals") for n in range(9)),
        ),
        "/feed/broken": Reply(b"<html><body>Not a feed</body></html>", headers={"Content-Type": "text/html"}),
        "/feed/down": Reply(b"later", 503),
    }
    listed = feed(site, *((f"/wire-{n}", f"Haiti: {title}") for n, title in enumerate(agency)), ("/busy", "Busy"))
    site.replies["/feed/wire"] = Reply(listed.body.replace(news.encode(), wire.encode()), headers=listed.headers)
    if edition == 2:
        _edit(site)


def _edit(site):
    site.replies |= {
        "/story-1": _story(1, "The ministry corrected the number on Sunday."),
        "/missing": _story(30),
        **{f"/story-{n}": _story(n) for n in range(24, 32)},
        "/feed/news": _listed(site, [f"/story-{n}" for n in (0, *range(2, 12), *range(24, 28))], "/old", "/menu"),
        "/feed/more": _listed(site, [f"/story-{n}" for n in range(14, 32)], "/story-5?utm_source=rss", "/gone"),
        "/feed/down": _listed(site, ["/story-28", "/story-21"]),
        "/feed/broken": Reply(b"later", 503),
    }
    edited = feed(site, ("/story-1", "Corrected: Kenya sends 101"), ("/story-22", "Kenya's police in Haiti"))
    site.replies["/feed/picky"] = edited


def _story(number, *more):
    paragraphs = [p.replace("150", str(100 + number)) for p in PARAGRAPHS]
    return page(f"Kenya sends {100 + number} officers to Haiti", [*paragraphs, *more])


def _listed(site, paths, *more):
    return feed(site, *((path, f"Kenya's police in Haiti {path}") for path in (*paths, *more)))


def newsroom_feeds(site, folder):
    """The feed list: one feed that is picky, one on another domain, two that fail."""
    feeds = feed_list(folder, *(site.url(f"/feed/{name}") for name in ("news", "more", "broken", "down", "wire")))
    with feeds.open("a") as stream:
        stream.write(f'[[feed]]\nurl = "{site.url("/feed/picky")}"\noutlet = "Picky"\nfetch = "matching"\n')
    return feeds


# Running and killing.


@dataclass
class Newsdesk:
    """One data folder and what its runs are told."""

    folder: Path
    feeds: Path
    edition: int
    api_url: str | None = None
    warehouse: Path | None = None

    def start(self):
        environment = clean_environment() | SETTINGS | {"MISSIONWIRE_NOW": CLOCKS[self.edition]}
        if self.api_url:
            environment |= {"PREFECT_API_URL": self.api_url}
        if self.warehouse:
            environment |= {"MISSIONWIRE_WAREHOUSE": str(self.warehouse)}
        command = [sys.executable, "-m", "flows", "run", "--all", "--data", self.folder, "--feeds", self.feeds]
        return subprocess.Popen(
            command, cwd=self.feeds.parent, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def run(self):
        """Run to the end, well or not: exit code, stdout, stderr."""
        run = self.start()
        said, told = run.communicate(timeout=240)
        return run.returncode, said, told

    def finish(self):
        """Run to the end; a feed that fails is part of the newsroom."""
        code, said, told = self.run()
        assert code == 1, told + said
        assert "Traceback" not in told, told
        return told

    def measure(self):
        """Seconds that each phase of an undisturbed run takes in all."""
        run, seconds = self.start(), dict.fromkeys(PHASES, 0.0)
        seen = time.monotonic()
        phase = "start"
        while run.poll() is None:
            time.sleep(0.001)
            now = time.monotonic()
            seconds[phase] += now - seen
            seen = now
            phase = self._phase(run.pid, phase)
        told = run.communicate()[1]
        assert run.returncode == 1, told
        return seconds

    def kill_in(self, phase, delay):
        """Kill a run so many seconds after it came to a phase; gives the phase it died in, None if it had ended."""
        run = self.start()
        seen = self.wait_for(run, phase)
        time.sleep(delay)
        family = _children(run.pid)
        died_in = self._phase(run.pid, seen) if run.poll() is None else None
        run.kill()
        run.communicate()
        _, alive = psutil.wait_procs(family, timeout=30)
        assert alive == [], f"left behind: {[process.cmdline() for process in alive]}"
        return died_in if run.returncode == -9 else None

    def wait_for(self, run, phase):
        """Wait until a run has come to a phase, or past it, or to its end; gives the phase it was seen in last."""
        seen = "start"
        while run.poll() is None and PHASES.index(seen) < PHASES.index(phase):
            time.sleep(0.001)
            seen = self._phase(run.pid, seen)
        return seen

    def _phase(self, pid, before):
        """The phase a run is in now; what stands in the folder from earlier runs says nothing."""
        if before == "start" and _first_line(self.folder / "run.pid") != str(pid):
            return "start"
        spools, pending = _names(self.folder / "spool"), sorted(_names(self.folder / "pending"))
        signs = {
            "publish": ".missionwire.duckdb.new" in _names(self.folder / "published"),
            "end": before in ("publish", "end"),
            "load": any(name.endswith(".spool") for name in spools),
            "spool": any(name.endswith(".partial") and not name.startswith("seeds-") for name in spools),
            "poll": any(name.endswith("-feeds.warc.gz") for name in pending),
            "fetch and read": bool(pending),
        }
        return next((phase for phase, is_now in signs.items() if is_now), before if before != "start" else "set up")


def _names(folder):
    try:
        return os.listdir(folder)  # noqa: PTH208 - asked every millisecond
    except FileNotFoundError:
        return []


def _first_line(file):
    try:
        return file.read_text().strip()
    except OSError:
        return ""


def _children(pid):
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def plan_kills(count, seconds, seed):
    """Moments to kill at: half of them anywhere in a run, half of them spread over its phases, however short."""
    rolls = random.Random(seed)
    whole = sum(seconds.values())
    plan = [("start", rolls.uniform(0, whole)) for _ in range(count // 2)]
    for number in range(count - len(plan)):
        phase = PHASES[1:][number % (len(PHASES) - 1)]
        plan.append((phase, rolls.uniform(0, seconds[phase])))
    rolls.shuffle(plan)
    return plan


# What must be the same.

# Which run did it and when, and where the run that did it keeps its pages.
_OF_THE_RUN = ("run_id", "recorded_at", "archive_file", "archive_offset", "document_number", "is_appended")
# Rows of the runs themselves and of the file's own making.
_LEFT_OUT = {"ops.run", "runs", "ops.migration", "ops.fingerprint"}


def contents(file):
    """All rows of all tables and views, without what says which run brought them."""
    with duckdb.connect(str(file), read_only=True) as ledger:
        listed = ledger.execute(
            "SELECT if(table_schema = 'main', '', table_schema || '.') || table_name, list(column_name) "
            "FROM information_schema.columns GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        return {
            name: sorted(map(repr, ledger.execute(f"SELECT {_kept(columns)} FROM {name}").fetchall()))
            for name, columns in listed
            if name not in _LEFT_OUT
        }


def _kept(columns):
    return ", ".join(f'"{column}"' for column in sorted(columns) if column not in _OF_THE_RUN) or "count(*)"


def differences(found, expected):
    """Rows that are on one side only, by table, for a person to read."""
    return {
        name: {"missing": _without(expected[name], found[name])[:3], "added": _without(found[name], expected[name])[:3]}
        for name in expected
        if found.get(name) != expected[name]
    }


def _without(rows, others):
    left = list(others)
    return [row for row in rows if row not in left or left.remove(row)]


def leftovers(folder):
    """Files that only a run that is on, or one that was cut short, has any use for."""
    endings = (".partial", ".spool", ".broken", ".new", ".wal", ".tmp")
    found = [path for path in folder.rglob("*") if path.name.endswith(endings) and "prefect" not in path.parts]
    found += (folder / "pending").iterdir()
    found += [file for file in (folder / "archive").rglob("*.warc.gz") if not list(archived_offsets(file))]
    return found


@contextmanager
def reader_at_hand(file):
    """Another process that, once told, holds the warehouse for reading from the first moment at which nobody writes it.

    It is ready before it is told: on a slow machine its start would take as long as what it is to meet.
    """
    script = (
        "import duckdb, sys, time\n"
        "print('ready', flush=True)\n"
        "sys.stdin.readline()\n"
        "while True:\n"
        "    try:\n"
        "        held = duckdb.connect(sys.argv[1], read_only=True)\n"
        "        break\n"
        "    except duckdb.Error:\n"
        "        time.sleep(0.002)\n"
        "print('held', flush=True)\n"
        "sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", script, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as reader:
        try:
            assert reader.stdout.readline() == b"ready\n"
            yield reader
        finally:
            reader.stdin.close()
            reader.wait(20)
