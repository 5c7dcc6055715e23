"""What may go wrong around a run: another run, readers, a wrong set-up, a newer schema; test_kills.py has the rest."""

import threading
import time
from datetime import UTC, datetime

import duckdb
import psutil
import pytest
from warcio.archiveiterator import ArchiveIterator

from extractors.records import Page
from flows.fetch.archive import Archive, archived_offsets
from flows.reading import ReadingPool
from flows.settings import read_settings
from tests.flows.command import missionwire, start
from tests.flows.conftest import Reply
from tests.flows.newspaper import PARAGRAPHS, feed, feed_list, page


def test_the_second_of_two_runs_ends_with_exit_3_and_nothing_is_written_twice(site, tmp_path):
    slow = threading.Event()
    site.replies |= {
        "/feed": Reply(feed(site, ("/story", "Kenya sends 150")).body, wait=slow),
        "/story": page("Kenya sends 150 officers"),
    }
    feeds = feed_list(tmp_path, site.url("/feed"))
    outcome = []
    first = threading.Thread(target=lambda: outcome.append(missionwire("run", "--feeds", feeds, cwd=tmp_path)))
    first.start()
    deadline = time.monotonic() + 100
    while not site.asked("/feed") and time.monotonic() < deadline:
        time.sleep(0.05)
    second = missionwire("run", "--feeds", feeds, cwd=tmp_path)
    slow.set()
    first.join()
    assert second.returncode == 3
    assert "another run is on" in second.stderr
    assert outcome[0].returncode == 0, outcome[0].stderr
    counted = missionwire("sql", "SELECT count(*) AS n FROM runs", "--csv", cwd=tmp_path)
    assert counted.stdout.split() == ["n", "1"]


_WITH_CLAIMS = "SELECT count(DISTINCT article_id) FROM articles JOIN claims USING (article_id)"


@pytest.mark.long
def test_readers_are_answered_while_runs_load(site, tmp_path):
    """A plain DuckDB connection on the published file sees whole runs only, and never an error."""
    feeds = feed_list(tmp_path, site.url("/feed"))
    published = tmp_path / "data/published/missionwire.duckdb"
    seen, stop = [], threading.Event()

    def read():
        while not stop.is_set():
            if published.exists():
                with duckdb.connect(str(published), read_only=True) as connection:
                    seen.append(connection.execute(_WITH_CLAIMS).fetchone())
            time.sleep(0.01)

    reader = threading.Thread(target=read)
    reader.start()
    for number in (1, 2):
        stories = {
            f"/{number}-{n}": page(f"Kenya sends {n}", [p.replace("150", str(n)) for p in PARAGRAPHS])
            for n in range(100, 120)
        }
        site.replies |= {
            **stories,
            "/feed": feed(site, *((path, f"Kenya sends police to Haiti {path}") for path in stories)),
        }
        assert missionwire("run", "--all", "--feeds", feeds, cwd=tmp_path).returncode == 0
    stop.set()
    reader.join()
    assert set(seen) <= {(20,), (40,)}
    assert (20,) in seen


@pytest.mark.long
def test_a_set_up_that_cannot_be_used_ends_with_exit_2_and_one_message(site, tmp_path):
    site.replies["/feed"] = feed(site, ("/story", "Kenya sends 150"))
    feeds = feed_list(tmp_path, site.url("/feed"))
    not_duckdb = tmp_path / "notes.duckdb"
    not_duckdb.write_bytes(b"These are my notes, not a database. " * 400)
    (tmp_path / "wrong.toml").write_text('[[feed]]\nurl = "ftp://paper.example/feed"\n')
    cases = {
        "notes.duckdb": {"MISSIONWIRE_WAREHOUSE": str(not_duckdb)},
        "wrong.toml:2": {"MISSIONWIRE_FEEDS": str(tmp_path / "wrong.toml")},
        "MISSIONWIRE_INTERVALL": {"MISSIONWIRE_INTERVALL": "5"},
        "MISSIONWIRE_SPACING_SECONDS": {"MISSIONWIRE_SPACING_SECONDS": "soon"},
        "it has haiti": {"MISSIONWIRE_MISSION": "atlantis"},
    }
    for words, settings in cases.items():
        options = () if "MISSIONWIRE_FEEDS" in settings else ("--feeds", feeds)
        done = missionwire("run", *options, cwd=tmp_path, settings=settings)
        assert done.returncode == 2, done.stderr
        assert words in done.stderr
        assert "Traceback" not in done.stderr
    assert site.requests == []
    assert not_duckdb.read_bytes().startswith(b"These are my notes")


@pytest.mark.long
def test_a_killed_run_leaves_no_process_behind_and_the_next_one_carries_on(site, tmp_path):
    never = threading.Event()
    site.replies["/feed"] = Reply(feed(site, ("/story", "Kenya sends 150")).body, wait=never)
    site.replies["/story"] = page("Kenya sends 150 officers")
    feeds = feed_list(tmp_path, site.url("/feed"))
    run = start("run", "--feeds", feeds, cwd=tmp_path)
    deadline = time.monotonic() + 100
    while not site.asked("/feed") and time.monotonic() < deadline:
        time.sleep(0.05)
    family = psutil.Process(run.pid).children(recursive=True)
    run.kill()
    run.wait()
    never.set()
    _, alive = psutil.wait_procs(family, timeout=20)
    assert family
    assert alive == []
    assert missionwire("run", "--feeds", feeds, cwd=tmp_path).returncode == 0
    states = missionwire("sql", "SELECT state FROM runs ORDER BY state", "--csv", cwd=tmp_path)
    assert states.stdout.split() == ["state", "completed", "killed"]


@pytest.mark.long
def test_a_newer_schema_is_left_alone(site, tmp_path):
    site.replies |= {"/feed": feed(site, ("/story", "Kenya sends 150")), "/story": page("Kenya sends 150 officers")}
    feeds = feed_list(tmp_path, site.url("/feed"))
    assert missionwire("run", "--feeds", feeds, cwd=tmp_path).returncode == 0
    with duckdb.connect(str(tmp_path / "data/missionwire.duckdb")) as connection:
        connection.execute(
            "INSERT INTO ops.migration BY NAME SELECT * REPLACE (9999 AS version) FROM ops.migration LIMIT 1"
        )
    done = missionwire("run", "--feeds", feeds, cwd=tmp_path)
    assert done.returncode == 2
    assert "9999" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.long
def test_pages_that_a_killed_run_archived_are_read_without_asking_again(site, tmp_path):
    stuck = threading.Event()
    # Another domain, so that neither page waits for the other.
    slow = site.url("/stuck").replace("127.0.0.1", "localhost")
    more = page("Kenya sends more officers to Haiti", [*PARAGRAPHS, "More are to come."])
    listed = feed(site, ("/first", "Kenya sends 150"), ("/stuck", "Kenya sends more"))
    site.replies |= {
        "/feed": Reply(listed.body.replace(site.url("/stuck").encode(), slow.encode())),
        "/first": page("Kenya sends 150 officers to Haiti"),
        "/stuck": [Reply(b"late", wait=stuck), more],
    }
    feeds = feed_list(tmp_path, site.url("/feed"))
    run = start("run", "--feeds", feeds, cwd=tmp_path)
    deadline = time.monotonic() + 100
    archive = tmp_path / "data/archive"
    while time.monotonic() < deadline and not (
        site.asked("/stuck") and any(file.stat().st_size for file in archive.rglob("*-0000.warc.gz"))
    ):
        time.sleep(0.05)
    run.kill()
    run.wait()
    stuck.set()
    done = missionwire("run", "--all", "--feeds", feeds, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "1 pages of a run that was cut short are read now" in done.stderr
    assert len(site.asked("/first")) == 1
    counted = missionwire("sql", "SELECT count(*) AS n FROM articles", "--csv", cwd=tmp_path)
    assert counted.stdout.split() == ["n", "2"]
    assert list((tmp_path / "data/pending").iterdir()) == []


@pytest.mark.long
def test_a_spool_that_cannot_be_read_is_set_aside_and_stops_nobody(site, tmp_path):
    site.replies |= {"/feed": feed(site, ("/story", "Kenya sends 150")), "/story": page("Kenya sends 150 officers")}
    broken = tmp_path / "data/spool/20240101T000000Z-00000000-000000.spool"
    broken.mkdir(parents=True)
    (broken / "poll.jsonl").write_text("{ not JSON")
    done = missionwire("run", "--feeds", feed_list(tmp_path, site.url("/feed")), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "1 articles loaded" in done.stdout
    assert "was set aside as" in done.stderr
    assert broken.with_suffix(".broken").is_dir()


@pytest.mark.long
def test_a_run_that_failed_is_told_of(site, tmp_path):
    """The archive cannot be written: no feed is to blame, and `status` says what happened."""
    site.replies["/feed"] = feed(site, ("/story", "Kenya sends 150"))
    (tmp_path / "data").mkdir()
    (tmp_path / "data/archive").write_text("a file where a folder should be")
    failed = missionwire("run", "--feeds", feed_list(tmp_path, site.url("/feed")), cwd=tmp_path)
    assert failed.returncode == 2
    told = missionwire("status", cwd=tmp_path).stdout
    assert "failed" in told
    (tmp_path / "data/archive").unlink()
    assert missionwire("run", "--feeds", feed_list(tmp_path, site.url("/feed")), cwd=tmp_path).returncode == 0


def test_a_worker_that_dies_costs_no_page(tmp_path):
    settings = read_settings(data=tmp_path, workers=1)
    with Archive(settings.archive_folder, "batch", now=datetime(2025, 1, 20, tzinfo=UTC)) as archive:
        places = []
        for number in range(12):
            body = page(f"Kenya sends {number}", [*PARAGRAPHS, f"Number {number}."]).body
            kept = archive.add(
                Page(
                    f"https://a.example/{number}",
                    f"https://a.example/{number}",
                    200,
                    "text/html",
                    body,
                    datetime(2025, 1, 20, tzinfo=UTC),
                ),
                [],
                None,
            )
            places.append((kept.archive_file, kept.archive_offset))
    pool = ReadingPool(settings, ())
    try:
        assert len(pool.read(places)) == 12
        for worker in pool._workers._processes.values():
            psutil.Process(worker.pid).kill()
        assert [type(result).__name__ for result in pool.read(places)] == ["Reading"] * 12
    finally:
        pool.close()


@pytest.mark.long
def test_a_backup_can_be_put_back(site, tmp_path):
    site.replies |= {"/feed": feed(site, ("/story", "Kenya sends 150")), "/story": page("Kenya sends 150 officers")}
    feeds = feed_list(tmp_path, site.url("/feed"))
    counted = ("sql", "SELECT count(*) AS n FROM articles", "--csv")
    assert missionwire("run", "--feeds", feeds, cwd=tmp_path).returncode == 0
    made = missionwire("backup", "kept.duckdb", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    site.replies |= {
        "/feed": feed(site, ("/other", "Kenya sends more")),
        "/other": page("More officers for Haiti", [*PARAGRAPHS, "More are to come."]),
    }
    assert missionwire("run", "--all", "--feeds", feeds, cwd=tmp_path).returncode == 0
    assert missionwire(*counted, cwd=tmp_path).stdout.split() == ["n", "2"]
    back = missionwire("restore", "kept.duckdb", cwd=tmp_path)
    assert back.returncode == 0, back.stderr
    assert "taken down" not in back.stdout
    assert missionwire(*counted, cwd=tmp_path).stdout.split() == ["n", "1"]
    assert (tmp_path / "data/missionwire.before-restore.duckdb").exists()
    (tmp_path / "notes.duckdb").write_text("my notes")
    refused = missionwire("restore", "notes.duckdb", cwd=tmp_path)
    assert refused.returncode == 2
    missing = missionwire("restore", "none.duckdb", cwd=tmp_path)
    assert (missing.returncode, "right would be a file that 'missionwire backup' made" in missing.stderr) == (2, True)
    assert missionwire(*counted, cwd=tmp_path).stdout.split() == ["n", "1"]


@pytest.mark.long
def test_what_was_taken_down_since_a_backup_does_not_come_back_with_it(site, tmp_path):
    """Neither the article that the backup holds, nor the one that it never had and that still stands in its feed."""
    paths = {"/keep": "150", "/known": "151", "/later": "152"}
    site.replies |= {
        path: page(f"Kenya sends {n} officers", [p.replace("150", n) for p in PARAGRAPHS]) for path, n in paths.items()
    }
    feeds = feed_list(tmp_path, site.url("/feed"))
    for listed in (("/keep", "/known"), tuple(paths)):
        site.replies["/feed"] = feed(site, *((path, f"Kenya sends {paths[path]}") for path in listed))
        assert missionwire("run", "--all", "--feeds", feeds, cwd=tmp_path).returncode == 0
        if not (tmp_path / "kept.duckdb").exists():
            assert missionwire("backup", "kept.duckdb", cwd=tmp_path).returncode == 0
    for path in ("/known", "/later"):
        assert missionwire("takedown", site.url(path), "--reason", "asked by counsel", cwd=tmp_path).returncode == 0
    done = missionwire("restore", "kept.duckdb", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "2 articles that were taken down since are taken down again" in done.stdout
    assert missionwire("run", "--all", "--feeds", feeds, cwd=tmp_path).returncode == 0
    found = missionwire("sql", "SELECT url FROM articles", "--csv", cwd=tmp_path).stdout.split()
    assert found == ["url", site.url("/keep")]
    assert [len(site.asked(path)) for path in paths] == [1, 1, 1]


@pytest.mark.long
def test_an_article_is_taken_down_with_all_its_traces(site, tmp_path):
    secret = "The officers landed with Vilma Ogutu of Kisumu among them."
    site.replies |= {
        "/feed": feed(site, ("/keep", "Kenya sends 150"), ("/other", "Kenya sends 150 more", "Vilma Ogutu in Haiti")),
        "/keep": page("Kenya sends 150 officers"),
        "/other": page("Kenya sends 150 more officers", [*PARAGRAPHS, secret]),
    }
    feeds = feed_list(tmp_path, site.url("/feed"))
    first = missionwire("run", "--feeds", feeds, cwd=tmp_path)
    assert "2 articles loaded" in first.stdout, first.stderr
    done = missionwire("takedown", site.url("/other"), "--reason", "asked by counsel", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    with duckdb.connect(str(tmp_path / "data/published/missionwire.duckdb"), read_only=True) as warehouse:
        ask = lambda sql: warehouse.execute(sql).fetchall()  # noqa: E731
        assert ask("SELECT url FROM articles") == [(site.url("/keep"),)]
        assert ask("SELECT count(*) FROM core.claim WHERE article_id NOT IN (SELECT article_id FROM core.article)") == [
            (0,)
        ]
        assert ask("SELECT url, reason, is_final FROM rejections") == [(site.url("/other"), "taken_down", True)]
        assert ask("SELECT url, reason, claims > 0 FROM ops.takedown") == [
            (site.url("/other"), "asked by counsel", True)
        ]
    (warc,) = (tmp_path / "data/archive").rglob("*-0000.warc.gz")
    with warc.open("rb") as stream:
        records = [(r.rec_type, r.content_stream().read()) for r in ArchiveIterator(stream)]
    assert ("resource", b"removed on request") in records
    assert not any(b"Vilma" in body for _, body in records)
    assert len(list(archived_offsets(warc))) == 1
    assert missionwire("run", "--all", "--feeds", feeds, cwd=tmp_path).returncode == 0
    assert len(site.asked("/other")) == 1
    assert missionwire("takedown", site.url("/other"), "--reason", "again", cwd=tmp_path).returncode == 2
