"""A DuckLake in the place of the file: the same rows, whoever loads them and however many do so at once."""

import os
import subprocess
import sys
import traceback
from pathlib import Path

import duckdb
import pytest

from extractors.errors import WarehouseError
from tests.warehouse.ledger import at, make_entry, make_poll, make_reading, make_run, spool_records
from warehouse.connection import open_warehouse
from warehouse.lake import Lake, read_address
from warehouse.load import LoadReport, load_spools
from warehouse.moving import copy_tables
from warehouse.query import QueryError, run_query
from warehouse.questions import Reader
from warehouse.removing import find_removable, remove_article
from warehouse.spool import waiting_spools

pytestmark = pytest.mark.long

_LOAD = """
import sys
from pathlib import Path
from tests.warehouse.ledger import at
from warehouse.lake import Lake
from warehouse.load import load_spools
from warehouse.spool import waiting_spools
print("ready", flush=True)
sys.stdin.readline()
report = load_spools(Lake(sys.argv[1], sys.argv[2]), waiting_spools(Path(sys.argv[3])), recorded_at=at(1))
print(report.articles_loaded, report.claims_new)
"""

_VIEWS = """
SELECT schema_name || '.' || view_name FROM duckdb_views()
WHERE NOT internal AND database_name = current_database()
"""


@pytest.fixture
def database(postgres, request):
    """An empty one; its name."""
    name = f"lake_{abs(hash(request.node.name))}"
    postgres.create(name)
    return name


@pytest.fixture
def catalog(postgres, database):
    return f"ducklake:postgres:{postgres.place(database)}"


@pytest.fixture
def lake(catalog, tmp_path):
    return Lake(catalog, str(tmp_path / "lake"))


@pytest.fixture
def bucket(monkeypatch):
    """An S3 on loopback with one bucket, told of as one's own is: by variables."""
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "reader")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "teamwork")
    store = boto3.client("s3", region_name="us-east-1")
    store.create_bucket(Bucket="newsroom")
    yield store
    store.close()
    server.stop()


def asked(lake, sql):
    with open_warehouse(lake, read_only=True) as connection:
        return connection.execute(sql).fetchall()


def everything(address):
    """What every view says, and what has changed since the beginning."""
    with open_warehouse(address, read_only=True) as connection:
        names = [name for (name,) in connection.execute(_VIEWS).fetchall()]
        names.append("changes_since('2020-01-01')")
        return {name: connection.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in names}


def load(lake, data, *records, hours=0):
    spool_records(data / "spool", *records)
    return load_spools(lake, waiting_spools(data / "spool"), recorded_at=at(hours))


def test_a_lake_has_what_the_file_has(lake, tmp_path):
    """Loaded, loaded again, reworded and copied; then copied to a file, and removed on request."""
    assert not lake.exists()
    first = load(lake, tmp_path, make_reading(1), make_entry(1), make_poll(), make_run())
    assert first == LoadReport(articles_loaded=1, claims_new=1, entries_new=1, polls=1)
    again = load(lake, tmp_path, make_reading(1), make_entry(1), make_poll(), make_run())
    assert again == LoadReport(articles_known=1)
    reworded = make_reading(
        1, text="Kenya sent 218 officers to Haiti.", hours=2, claims=[{"words": "218", "value_best": 218}]
    )
    assert load(lake, tmp_path, reworded, make_reading(2), hours=2).revisions == 1
    assert lake.exists()

    copied = copy_tables(lake, tmp_path / "ledger.duckdb")
    assert copied > 5
    said = everything(lake)
    assert said == everything(tmp_path / "ledger.duckdb")
    for name in ("main.facts", "main.claims", "main.articles", "main.runs", "changes_since('2020-01-01')"):
        assert said[name]
    with pytest.raises(WarehouseError, match="holds rows already"):
        copy_tables(tmp_path / "ledger.duckdb", lake)

    found = find_removable(lake, "https://news.example/story/2")
    assert remove_article(lake, found, reason="asked for", recorded_at=at(5)) == (1, 1, 1)
    files = "', '".join(str(file) for file in Path(lake.data_path).glob("core/article_version/**/*.parquet"))
    texts = duckdb.execute(f"SELECT text FROM read_parquet(['{files}'])").fetchall()
    assert texts
    assert not any("story 2" in text for (text,) in texts)


def start_loader(lake, spools):
    """A process that loads when it is told to."""
    command = [sys.executable, "-c", _LOAD, lake.catalog, lake.data_path, str(spools)]
    loader = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ)
    assert loader.stdout.readline() == "ready\n"
    return loader


def test_the_files_of_a_lake_may_lie_on_s3(catalog, bucket, tmp_path):
    """Loaded by one, read by another who is told of the catalog alone, and removed."""
    lake = Lake(catalog, "s3://newsroom/missionwire/")
    texts = [f"Kenya sent 217 officers to Haiti, story {number}." for number in range(20)]
    load(lake, tmp_path, *(make_reading(number, text=text) for number, text in enumerate(texts)))
    assert {(text,) for text in texts} == set(asked(Lake(catalog), "SELECT text FROM articles"))
    files = bucket.list_objects_v2(Bucket="newsroom", Prefix="missionwire/core/article_version/")["Contents"]
    assert files
    found = find_removable(lake, "https://news.example/story/2")
    remove_article(lake, found, reason="asked for", recorded_at=at(5))
    assert asked(lake, "SELECT count(*) FROM articles") == [(19,)]
    left = bucket.list_objects_v2(Bucket="newsroom", Prefix="missionwire/core/article_version/")["Contents"]
    assert {file["Key"] for file in left}.isdisjoint(file["Key"] for file in files)


def test_two_that_load_the_same_at_once_leave_it_once(lake, tmp_path):
    """They begin on an empty catalog, so that both would also make the tables."""
    for name in ("one", "other"):
        spool_records(tmp_path / name, make_reading(1), make_entry(1), make_poll())
    loaders = [start_loader(lake, tmp_path / name) for name in ("one", "other")]
    for loader in loaders:
        loader.stdin.write("\n")
        loader.stdin.flush()
    answers = sorted(loader.communicate(timeout=120)[0] for loader in loaders)
    assert answers == ["0 0\n", "1 1\n"]
    assert asked(lake, "SELECT count(*), count(DISTINCT article_id) FROM core.article") == [(1, 1)]
    assert asked(lake, "SELECT count(*) FROM core.claim") == [(1,)]
    assert asked(lake, "SELECT count(*), count(DISTINCT version) FROM ops.migration")[0][0] == len(
        asked(lake, "SELECT DISTINCT version FROM ops.migration")
    )


def test_a_loader_that_is_killed_leaves_nothing_and_holds_up_nobody(lake, postgres, database, tmp_path):
    """It dies while it holds the lock, with the tables half made; the next one loads the same spool."""
    spool_records(tmp_path / "spool", make_reading(1))
    loader = start_loader(lake, tmp_path / "spool")
    loader.stdin.write("\n")
    loader.stdin.flush()
    held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
    while postgres.rows(database, held) == [("0",)]:
        assert loader.poll() is None
    loader.kill()
    loader.communicate()
    assert load_spools(lake, waiting_spools(tmp_path / "spool"), recorded_at=at(1)).articles_loaded == 1
    assert asked(lake, "SELECT count(*) - count(DISTINCT version) FROM ops.migration") == [(0,)]


def test_a_reader_that_was_open_while_rows_were_removed_takes_up_what_is_left(lake, tmp_path):
    load(lake, tmp_path, make_reading(1), make_reading(2))
    with Reader(lake) as reader:
        assert list(reader.ask("SELECT value_best FROM facts").batches) == [[(217,)]]
        remove_article(lake, find_removable(lake, make_reading(2).url), reason="asked for", recorded_at=at(5))
        assert not reader.is_outdated()
        with pytest.raises(QueryError, match="removed while it was open; ask again"):
            list(reader.ask("SELECT n_claims FROM facts").batches)
        assert reader.is_outdated()
        reader.reopen()
        assert list(reader.ask("SELECT n_claims FROM facts").batches) == [[(1,)]]
        assert not reader.is_outdated()


def test_what_is_wrong_with_a_lake_is_said_in_one_line_without_its_password(lake, postgres, database, tmp_path):
    load(lake, tmp_path, make_reading(1))
    with pytest.raises(QueryError, match="A lake has none"):
        run_query(lake, "FROM search_articles('officers')")
    elsewhere = Lake(lake.catalog, str(tmp_path / "elsewhere"))
    with pytest.raises(WarehouseError, match=f"are in {tmp_path}/lake/, and no other .* set MISSIONWIRE_LAKE_DATA to"):
        run_query(elsewhere, "FROM facts")
    with Reader(lake) as reader:
        assert list(reader.ask("FROM facts").batches)
        postgres.tell("postgres", f"DROP DATABASE {database} WITH (FORCE)")
        with pytest.raises(QueryError, match=r"lets nobody in \(.* does not exist\)$") as asked_again:
            list(reader.ask("FROM facts").batches)
    with pytest.raises(WarehouseError, match=r"lets nobody in \(.* does not exist\)$") as opened:
        run_query(lake, "FROM facts")
    with pytest.raises(WarehouseError, match=r"lets nobody in \(.* does not exist\)$") as loaded:
        load(lake, tmp_path, make_reading(2))
    for caught in (asked_again, opened, loaded):
        assert "teamwork" not in "".join(traceback.format_exception(caught.value))


def test_a_lake_that_is_not_there_is_named_without_its_password(lake):
    with pytest.raises(WarehouseError, match="does not exist") as caught, open_warehouse(lake, read_only=True):
        pass
    assert "teamwork" not in str(caught.value)


def test_what_is_no_address_is_said_without_its_password():
    with pytest.raises(ValueError, match=r"ducklake:mysql:password=\*\*\* is no lake's address"):
        read_address("ducklake:mysql:password=secret")
    assert str(read_address("ducklake:postgres:postgresql://a:secret@db.example/lake")) == (
        "ducklake:postgres:postgresql://a:***@db.example/lake"
    )
