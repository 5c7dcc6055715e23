"""Reading on a Dask cluster: a real scheduler with two workers, as processes on loopback."""

import os
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest

from extractors.errors import SettingsError
from extractors.records import Page, Reading, StoredText
from flows.cluster import ClusterPool, read_chunk
from flows.fetch.archive import Archive
from flows.reading import ReadingPool
from flows.settings import read_settings
from tests.flows.command import missionwire
from tests.flows.conftest import Reply
from tests.flows.killing import contents, differences
from tests.flows.newspaper import PARAGRAPHS, feed, feed_list, page

pytestmark = pytest.mark.long

CLOCK = datetime(2025, 1, 20, tzinfo=UTC)
TWO_OF_ONE_THREAD = ("--nworkers", "2", "--nthreads", "1")


@contextmanager
def started(folder, name, *arguments):
    """A process of Dask, ended with all that it started."""
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.dask_{name}", "--no-dashboard", *arguments],
            stdout=log,
            stderr=log,
            cwd=folder,
            env=os.environ | {"DASK_TEMPORARY_DIRECTORY": str(folder)},
        )
        try:
            yield process
        finally:
            children = psutil.Process(process.pid).children(recursive=True)
            for each in (psutil.Process(process.pid), *children):
                each.kill()
            process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """Address of a scheduler, with a client that sees two workers."""
    from distributed import Client

    folder = tmp_path_factory.mktemp("dask")
    file = str(folder / "scheduler.json")
    with (
        started(folder, "scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", file),
        started(
            folder, "worker", "--host", "127.0.0.1", "--scheduler-file", file, "--nworkers", "2", "--nthreads", "1"
        ),
        Client(scheduler_file=file, timeout=120, set_as_default=False) as client,
    ):
        client.wait_for_workers(2, timeout=120)
        yield client


@pytest.fixture
def places(tmp_path):
    """Twenty stories and a menu in the archive."""
    with Archive(tmp_path / "archive", "batch", now=CLOCK) as archive:
        bodies = [page(f"Kenya sends {n}", [*PARAGRAPHS, f"Number {n}."]).body for n in range(20)]
        found = []
        for number, body in enumerate([*bodies, b"<html><body><p>Menu</p></body></html>"]):
            url = f"https://a.example/{number}"
            kept = archive.add(Page(url, url, 200, "text/html", body, CLOCK), [], None)
            found.append((kept.archive_file, kept.archive_offset))
    return found


@contextmanager
def pool_of(pool):
    try:
        yield pool
    finally:
        pool.close()


def test_a_cluster_reads_what_this_machine_reads_though_a_worker_dies(cluster, places, tmp_path):
    """Readings, rejections and rereadings are equal and in order, before and after a worker was killed."""
    settings = read_settings(data=tmp_path, workers=1, dask=cluster.scheduler.address)
    with pool_of(ReadingPool(settings, ())) as here:
        expected = here.read(places)
        texts = [
            StoredText(r.article_id, r.claims[0].version_id, r.article.title, r.article.text, "en", None)
            for r in expected
            if isinstance(r, Reading)
        ]
        reread = here.reread(texts)
    assert len(texts) == 20
    with pool_of(ClusterPool(settings, ())) as pool:
        assert pool.read(places) == expected
        assert pool.reread(texts) == reread
        victim = next(iter(cluster.run(os.getpid).values()))
        psutil.Process(victim).kill()
        assert pool.read(places) == expected


def test_the_reader_is_made_once_a_process(cluster, places, tmp_path):
    cluster.wait_for_workers(2, timeout=120)
    with pool_of(ClusterPool(read_settings(data=tmp_path, dask=cluster.scheduler.address), ())) as pool:
        pool.read(places)
        first = cluster.run(_readers_made)
        pool.read(places)
        assert cluster.run(_readers_made) == first
    assert set(first.values()) <= {0, 1}


def _readers_made():
    from flows.cluster import _reader

    return _reader.cache_info().currsize and _reader.cache_info().misses


def test_a_whole_run_on_a_cluster_leaves_the_ledger_of_one_without(cluster, site, tmp_path):
    """Polled, fetched and loaded here, read there; a page that is no article is rejected with the same reason."""
    cluster.wait_for_workers(2, timeout=120)
    stories = [f"/story-{number}" for number in range(12)]
    site.replies = {path: page(f"Kenya sends {n} officers to Haiti", PARAGRAPHS) for n, path in enumerate(stories)}
    site.replies["/menu"] = Reply(b"<html><body><p>Menu</p></body></html>", headers={"Content-Type": "text/html"})
    site.replies["/feed"] = feed(site, *((path, f"Haiti: {path}") for path in [*stories, "/menu"]))
    feeds = feed_list(tmp_path, site.url("/feed"))
    ledgers = {}
    for name, dask in (("here", ""), ("there", cluster.scheduler.address)):
        settings = {"MISSIONWIRE_NOW": CLOCK.isoformat(), **({"MISSIONWIRE_DASK": dask} if dask else {})}
        options = ("--all", "--feeds", feeds, "--data", tmp_path / name)
        done = missionwire("run", *options, cwd=tmp_path, settings=settings)
        assert done.returncode == 0, done.stderr
        assert "12 articles loaded" in done.stdout
        ledgers[name] = contents(tmp_path / name / "missionwire.duckdb")
    assert differences(ledgers["there"], ledgers["here"]) == {}


def test_a_worker_of_another_version_refuses_the_work():
    with pytest.raises(SettingsError, match=r"a worker of the Dask cluster has missionwire .*, the run is of another"):
        read_chunk(b"", "another", [])


def test_a_scheduler_that_is_not_there_is_told_before_anything_is_asked(tmp_path, monkeypatch):
    monkeypatch.setattr("flows.cluster._CONNECT_SECONDS", 1)
    with pytest.raises(SettingsError, match=r"dask = 'tcp://127.0.0.1:9': no scheduler answers there"):
        ClusterPool(read_settings(data=tmp_path, dask="tcp://127.0.0.1:9"), ())


def test_dask_is_imported_only_where_it_is_set():
    code = "import sys, flows.context, flows.cli; print({'dask', 'distributed'} & set(sys.modules))"
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
