"""The command line from outside, each command as its own process: answers on stdout, the rest on stderr, exit codes."""

import csv
import gzip
import io
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import duckdb
import pytest

from tests.flows.conftest import Reply
from tests.flows.newspaper import PARAGRAPHS, feed, feed_list, page

SETTINGS = {
    "MISSIONWIRE_SPACING_SECONDS": "0",
    "MISSIONWIRE_ALLOW_PRIVATE_ADDRESSES": "true",
    "MISSIONWIRE_WORKERS": "1",
    "MISSIONWIRE_CONTACT": "desk@paper.example",
    "MISSIONWIRE_RETRY_SECONDS": "0",
}


def missionwire(*arguments, cwd, settings=None, **options):
    """Run a command to its end."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "MISSIONWIRE_"))
    }
    return subprocess.run(
        [sys.executable, "-m", "flows", *map(str, arguments)],
        cwd=cwd,
        env=environment | SETTINGS | (settings or {}),
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        **options,
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demo's folder after two demos, and what the two said."""
    folder = tmp_path_factory.mktemp("demo")
    first = missionwire("demo", cwd=folder)
    core = _core_rows(folder)
    second = missionwire("demo", cwd=folder)
    return folder, first, core, second


def _core_rows(folder):
    with duckdb.connect(str(folder / "data/demo/missionwire.duckdb"), read_only=True) as connection:
        tables = connection.execute(
            "FROM duckdb_tables() SELECT table_name WHERE schema_name = 'core' ORDER BY 1"
        ).fetchall()
        return {table: connection.execute(f"SELECT count(*) FROM core.{table}").fetchone()[0] for (table,) in tables}


def test_the_demo_ends_well_and_tells_what_it_found(demo):
    _, first, core, _ = demo
    assert first.returncode == 0, first.stderr
    for words in ("Run 1.", "Run 2.", "Promised against delivered", "Driven from home", "consent_wall", "Go on with"):
        assert words in first.stdout
    assert core["article"] > 30
    assert core["claim"] > 100


def test_a_second_demo_adds_nothing_to_core(demo):
    folder, _, core, second = demo
    assert second.returncode == 0, second.stderr
    assert _core_rows(folder) == core


def test_sql_answers_as_table_csv_json_and_parquet(demo):
    folder = demo[0]
    query = "SELECT outlet, count(*) AS n FROM articles GROUP BY outlet ORDER BY outlet"
    asked = ("sql", "--data", "data/demo", query)
    table = missionwire(*asked, cwd=folder).stdout.splitlines()
    rows = list(csv.DictReader(io.StringIO(missionwire(*asked, "--csv", cwd=folder).stdout)))
    objects = json.loads(missionwire(*asked, "--json", cwd=folder).stdout)
    assert missionwire(*asked, "--parquet", "out.parquet", cwd=folder).returncode == 0
    stored = duckdb.sql(f"FROM '{folder / 'out.parquet'}'").fetchall()
    assert table[0].split() == ["outlet", "n"]
    assert len(table) - 1 == len(rows) == len(objects) == len(stored) >= 8
    assert [(row["outlet"], int(row["n"])) for row in rows] == [(o["outlet"], o["n"]) for o in objects] == stored


def test_sql_reads_statements_from_standard_input(demo):
    done = missionwire(
        "sql", "--data", "data/demo", cwd=demo[0], input="SELECT 1 AS one;\nSELECT 2\n AS two;\nSELECT nonsense;\n"
    )
    assert done.stdout.split() == ["one", "1", "two", "2"]
    assert "nonsense" in done.stderr


@pytest.mark.parametrize("query", ["DELETE FROM core.claim", "CREATE TABLE t (a INT)", "SELECT * FROM clams"])
def test_sql_refuses_what_it_cannot_do_with_exit_2(demo, query):
    done = missionwire("sql", "--data", "data/demo", query, cwd=demo[0])
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_status_names_settings_runs_and_feeds_that_fail(demo):
    done = missionwire("status", "--data", "data/demo", cwd=demo[0])
    assert done.returncode == 0
    for words in ("option", "environment", "gulf-gazette.example", "gone", "not_found"):
        assert words in done.stdout


def test_status_and_sql_without_a_run_say_what_to_do(tmp_path):
    assert "missionwire run" in missionwire("status", cwd=tmp_path).stdout
    done = missionwire("sql", "from facts", cwd=tmp_path)
    assert done.returncode == 2
    assert "missionwire demo" in done.stderr


def test_extract_reads_text_json_and_html(tmp_path):
    text = "\n\n".join(PARAGRAPHS)
    (tmp_path / "a.txt").write_text(text)
    (tmp_path / "b.json").write_text(
        json.dumps({"id": "b7", "title": "Police for Haiti", "text": text, "published": "2025-01-18", "lang": None})
    )
    (tmp_path / "c.html.gz").write_bytes(gzip.compress(page("Police for Haiti").body))
    done = missionwire("extract", "a.txt", "b.json", "c.html.gz", "--published", "2025-01-18", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    claims = [json.loads(line) for line in done.stdout.splitlines()]
    assert {claim["document"] for claim in claims} == {"a", "b7", "c"}
    for claim in (claim for claim in claims if claim["kind"] == "deployment"):
        assert (claim["actor"], claim["value_best"], claim["event_start"]) == ("KEN", 150, "2025-01-17")
        start, end = claim["spans"]["value"]
        assert text[start:end] == claim["original_value"] == "150"


def test_of_several_files_a_bad_one_is_named_and_the_others_are_done(tmp_path):
    (tmp_path / "good.txt").write_text("\n\n".join(PARAGRAPHS))
    (tmp_path / "bad.json").write_text('{"id": 1}')
    (tmp_path / "latin.txt").write_bytes("café".encode("latin-1"))
    done = missionwire("extract", "bad.json", "missing.txt", "latin.txt", "good.txt", cwd=tmp_path)
    assert done.returncode == 1
    assert {json.loads(line)["document"] for line in done.stdout.splitlines()} == {"good"}
    for name in ("bad.json", "missing.txt", "latin.txt"):
        assert name in done.stderr


def test_clean_prints_one_article_a_page(tmp_path):
    (tmp_path / "a.html").write_bytes(page("Police for Haiti").body)
    (tmp_path / "urls.jsonl").write_text('{"file": "a.html", "url": "http://paper.example/a"}\n')
    done = missionwire("clean", "--urls", "urls.jsonl", "a.html", cwd=tmp_path)
    (article,) = map(json.loads, done.stdout.splitlines())
    assert (article["document"], article["url"], article["title"]) == (
        "a",
        "http://paper.example/a",
        "Police for Haiti",
    )
    assert (article["published"], article["published_basis"]) == ("2025-01-18T09:00:00+00:00", "meta")
    assert article["text"] == "\n\n".join(PARAGRAPHS)


def test_feeds_check_tells_each_answer(site, tmp_path):
    site.replies |= {"/feed": feed(site, ("/story", "Kenya sends 150")), "/page": page("No feed")}
    feeds = feed_list(tmp_path, site.url("/feed"), site.url("/page"), site.url("/lost"))
    done = missionwire("feeds", "check", "--feeds", feeds, cwd=tmp_path)
    assert done.returncode == 1
    answers = {line.split()[0]: line.split()[2] for line in done.stdout.splitlines()[1:]}
    assert answers == {site.url("/feed"): "ok", site.url("/page"): "not_a_feed", site.url("/lost"): "not_found"}
    assert not (tmp_path / "data").exists()


def test_feeds_list_shows_the_list_that_comes_with_missionwire(tmp_path):
    done = missionwire("feeds", "list", cwd=tmp_path)
    assert done.returncode == 0
    assert "capitalfm.co.ke" in done.stdout
    assert "not polled yet" in done.stdout


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


def test_a_full_disk_while_loading_loses_nothing(site, tmp_path):
    """The ledger lies on a disk of its own that is full; with room again, the next run loads what waits."""
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(small)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk is not allowed here")
    try:
        _fill_and_free(site, tmp_path, small)
    finally:
        subprocess.run(["umount", str(small)], check=True)


def _fill_and_free(site, tmp_path, small):
    settings = {"MISSIONWIRE_WAREHOUSE": str(small / "ledger.duckdb")}
    feeds = feed_list(tmp_path, site.url("/feed"))
    site.replies |= {"/feed": feed(site, ("/one", "Kenya sends 150")), "/one": page("Kenya sends 150 officers")}
    assert missionwire("run", "--feeds", feeds, cwd=tmp_path, settings=settings).returncode == 0
    ballast = small / "ballast"
    site.replies |= {
        "/feed": feed(site, ("/two", "Kenya sends 170")),
        "/two": _when_asked(ballast, page("Kenya sends 170 officers", [p.replace("150", "170") for p in PARAGRAPHS])),
    }
    full = missionwire("run", "--all", "--feeds", feeds, cwd=tmp_path, settings=settings)
    assert full.returncode == 2
    assert "disk is full" in full.stderr
    assert "Traceback" not in full.stderr
    ballast.unlink()
    after = missionwire("run", "--all", "--feeds", feeds, cwd=tmp_path, settings=settings)
    assert after.returncode == 0, after.stderr
    loaded = missionwire("sql", "SELECT count(*) AS n FROM articles", "--csv", cwd=tmp_path, settings=settings)
    assert loaded.stdout.split() == ["n", "2"]


def _when_asked(ballast, reply):
    """A reply that fills the disk of `ballast` at the moment it is asked for."""

    class Full(threading.Event):
        def wait(self, timeout=None):  # noqa: ARG002 - the interface is threading's
            with ballast.open("wb", buffering=0) as stream:
                try:
                    while stream.write(b"0" * 65536):
                        pass
                except OSError:
                    return True

    return Reply(reply.body, headers=reply.headers, wait=Full())


def test_every_command_has_a_help_that_names_its_options(tmp_path):
    for command in ("demo", "run", "serve", "sql", "extract", "clean", "status", "feeds list", "feeds check"):
        done = missionwire(*command.split(), "--help", cwd=tmp_path, settings={"COLUMNS": "160"})
        assert done.returncode == 0
        assert "--" in done.stdout.replace("--help", "")
        assert len(done.stdout.splitlines()) > 6
    assert Path(tmp_path / "data").exists() is False
