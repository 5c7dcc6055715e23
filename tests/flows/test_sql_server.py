"""`missionwire serve --sql`: any DuckDB may ask what is published, always the newest, and nothing but ask."""

import hashlib
import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import psutil
import pytest

from tests.flows.command import missionwire
from tests.flows.conftest import Reply
from tests.flows.sql_clients import TOKEN, Server, ask, client_of, wait_until
from tests.warehouse.ledger import load_records, make_reading
from warehouse.extensions import extension_file
from warehouse.publish import publish

# A trillion pairs, of which none is kept.
ENDLESS = "SELECT count(*) FROM range(1_000_000) a, range(1_000_000) b WHERE a.range + b.range = -1"
REFUSED = "answers questions only|may not be asked here|one question at a time|Authorization failed"


def publish_readings(data, *numbers):
    load_records(data, *(make_reading(number) for number in numbers), run_id=f"run-{numbers[0]}")
    return publish(data / "ledger.duckdb", data / "published")


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A server that waited for its first publication, and the data folder behind it."""
    data = tmp_path_factory.mktemp("team") / "data"
    data.mkdir()
    server = Server(data).wait_for("waiting for .*/published/missionwire.duckdb: 'missionwire run' fills")
    publish_readings(data, 1, 2)
    server.ready()
    yield server, data
    assert server.stop() == 0
    assert server.said().rstrip().endswith("stopped\n(ended)")
    assert not (data / "serving").exists()


@pytest.fixture
def started():
    """Starts servers, and ends them."""
    servers = []

    def start(*arguments, **options):
        servers.append(Server(*arguments, **options))
        return servers[-1]

    yield start
    for server in servers:
        server.kill()


def test_views_macros_and_comments_can_be_asked(served):
    client = client_of(served[0])
    assert ask(client, "SELECT count(*), min(value_best) FROM claims") == [(2, 217)]
    assert ask(client, "SELECT count(*) FROM facts_as_known_at('2030-01-20')")[0][0] > 0
    assert ask(client, "SELECT count(*) FROM claims JOIN articles USING (article_id)") == [(2,)]
    [(comment,)] = ask(client, "SELECT comment FROM duckdb_views() WHERE view_name = 'claims' LIMIT 1")
    assert comment.startswith("One row per grounded assertion")
    assert len(ask(client, "SHOW TABLES")) > 20
    assert "PROJECTION" in ask(client, "EXPLAIN FROM claims")[0][1]


def test_an_attached_view_is_a_table_to_the_client(served):
    """It comes over whole, so that this client's own functions and tables can be used with it."""
    client = client_of(served[0])
    client.execute("CREATE TABLE own AS SELECT 'KEN' AS actor, 'Nairobi' AS capital")
    rows = client.execute("SELECT capital, count(*) FROM mw.claims JOIN own USING (actor) GROUP BY ALL").fetchall()
    assert rows == [("Nairobi", 2)]


def test_duckdbs_own_shell_is_a_client(served):
    load = "".join(f"LOAD '{extension_file(name)}';" for name in ("httpfs", "quack"))
    question = f"ATTACH 'quack:127.0.0.1:{served[0].port}' AS mw (TOKEN '{TOKEN}'); FROM mw.query('FROM articles');"
    shell = Path(sys.executable).with_name("duckdb")
    done = subprocess.run(
        [shell, "-init", os.devnull, "-csv", "-c", load + question], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.stdout.count("https://news.example/story/") == 2


ATTACKS = [
    "COPY claims TO '{outside}/claims.csv'",
    "COPY (FROM claims) TO '{serving}/claims.parquet'",
    "EXPORT DATABASE '{outside}/all'",
    "IMPORT DATABASE '{outside}/all'",
    "ATTACH '{outside}/own.duckdb' AS own",
    "ATTACH ':memory:' AS own",
    "DETACH snapshot_1",
    "USE memory",
    "CREATE TABLE own (i INTEGER)",
    "CREATE TEMP TABLE own AS FROM claims",
    "CREATE TABLE memory.main.own (i INTEGER)",
    "CREATE OR REPLACE VIEW claims AS SELECT 1",
    "CREATE MACRO own() AS 1",
    "CREATE SECRET own (TYPE http, BEARER_TOKEN 'x')",
    "INSERT INTO core.claim FROM core.claim",
    "UPDATE core.claim SET kind = 'x'",
    "DELETE FROM core.claim",
    "TRUNCATE core.claim",
    "DROP VIEW claims",
    "ALTER VIEW claims RENAME TO own",
    "COMMENT ON VIEW claims IS 'x'",
    "SET memory_limit = '100GB'",
    "SET GLOBAL enable_external_access = true",
    "RESET lock_configuration",
    "PRAGMA memory_limit = '100GB'",
    "INSTALL spatial",
    "LOAD fts",
    "LOAD '{outside}/evil.duckdb_extension'",
    "CALL quack_stop('quack:127.0.0.1:{port}')",
    "FROM quack_stop('quack:127.0.0.1:{port}')",
    "FROM quack_serve('quack:0.0.0.0:1234', token := 'mine', allow_other_hostname := true)",
    "FROM quack_query('quack:127.0.0.1:{site}', 'SELECT 1', token := 'mine')",
    "FROM quack_active_connections()",
    "FROM quack_server_list()",
    "FROM duckdb_secrets()",
    "FROM duckdb_logs()",
    "CALL enable_logging()",
    "FROM read_csv('{secret}')",
    "FROM read_text('{secret}')",
    "FROM read_blob('{secret}')",
    "FROM read_json('{secret}')",
    "FROM read_parquet('{secret}')",
    "FROM sniff_csv('{secret}')",
    "FROM read_duckdb('{outside}/own.duckdb')",
    "FROM glob('{outside}/*')",
    "FROM glob('{serving}/*')",
    "FROM read_csv('http://127.0.0.1:{site}/stolen.csv')",
    "FROM query('FROM read_text(''{secret}'')')",
    "FROM query_table('{secret}')",
    "FROM json_execute_serialized_sql('{{}}')",
    "SELECT write_log('x')",
    "SELECT missionwire_allow('x', 'y')",
    "CHECKPOINT",
    "FROM force_checkpoint()",
    "VACUUM",
    "BEGIN TRANSACTION",
    "PREPARE own AS SELECT 1",
    "SELECT 1; DROP VIEW claims",
    "EXPLAIN ANALYZE COPY claims TO '{outside}/claims.csv'",
]


@pytest.fixture(scope="module")
def attacker(served):
    """One client for all attacks: a refusal takes nothing from who is refused."""
    return client_of(served[0])


@pytest.fixture
def outside(tmp_path):
    (tmp_path / "secret.csv").write_text("a,b\nsecret,2\n")
    return tmp_path


@pytest.mark.parametrize("attack", ATTACKS)
def test_whatever_is_no_question_is_refused(served, attacker, site, outside, attack):
    server, data = served
    site.replies["/stolen.csv"] = Reply(b"a,b\n1,2\n")
    names = {"secret": outside / "secret.csv", "outside": outside, "serving": data / "serving"}
    before = published_bytes(data)
    with pytest.raises(duckdb.Error, match=REFUSED):
        ask(attacker, attack.format(**names, port=server.port, site=site.port))
    assert ask(attacker, "SELECT count(*) FROM claims") == [(2,)]
    assert [file.name for file in outside.iterdir()] == ["secret.csv"]
    assert {file.suffix for file in (data / "serving").iterdir()} == {".duckdb"}
    assert published_bytes(data) == before
    assert site.requests == []


@pytest.mark.parametrize(
    "name", ["FROM '{secret}'", "FROM '{outside}/*.csv'", "FROM 'http://127.0.0.1:{site}/stolen.csv'"]
)
def test_a_file_is_no_table(served, site, outside, name):
    """No word of it tells a file from a view; the lock behind the screen does."""
    client = client_of(served[0])
    with pytest.raises(duckdb.Error, match=r"does not exist|disabled by configuration"):
        ask(client, name.format(secret=outside / "secret.csv", outside=outside, site=site.port))
    assert site.requests == []


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mw.own (i INTEGER)",
        "CREATE TABLE mw.own AS SELECT 1 AS i",
        "INSERT INTO mw.ops.run (run_id) VALUES ('made up')",
        "DROP VIEW mw.claims",
        "DROP TABLE mw.core.claim",
        "CREATE SCHEMA mw.own",
    ],
)
def test_an_attached_server_cannot_be_written(served, statement):
    server, data = served
    before = published_bytes(data)
    client = client_of(server)
    with pytest.raises(duckdb.Error):
        client.execute(statement).fetchall()
    assert ask(client, "SELECT count(*) FROM claims") == [(2,)]
    assert published_bytes(data) == before


def published_bytes(data):
    return hashlib.sha256((data / "published/missionwire.duckdb").read_bytes()).hexdigest()


@pytest.mark.parametrize("token", ["", TOKEN[:-1], TOKEN + "x"])
def test_a_wrong_token_opens_nothing(served, token):
    with pytest.raises(duckdb.Error, match=r"Authentication failed|token"):
        client_of(served[0], token)


@pytest.mark.long
def test_no_client_notices_a_publication_but_by_its_rows(started, tmp_path):
    """Four ask all the time while three publications come: no error, counts only grow, and the last is seen by all."""
    data = tmp_path / "data"
    data.mkdir()
    publish_readings(data, 1)
    server = started(data).ready()
    streaming = client_of(server)
    streaming.execute("FROM mw.query('SELECT r.range, c.claim_id FROM range(400_000) r, claims c')")
    first = streaming.fetchmany(10)
    stop, counts = threading.Event(), [[], [], [], []]

    def read(seen):
        client = client_of(server)
        while not stop.is_set():
            seen.append(ask(client, "SELECT (SELECT count(*) FROM claims), (SELECT count(*) FROM articles)")[0])

    readers = [threading.Thread(target=read, args=(seen,)) for seen in counts]
    for reader in readers:
        reader.start()
    for number in (2, 3, 4):
        publish_readings(data, number)
        wait_until(lambda number=number: all(seen and seen[-1] == (number, number) for seen in counts))
    stop.set()
    for reader in readers:
        reader.join()
    for seen in counts:
        assert seen == sorted(seen)
        assert {claims for claims, _ in seen} == {articles for _, articles in seen} == {1, 2, 3, 4}
    # What was asked before is read to its end on what it was asked of: one claim for each number.
    rest = 0
    while rows := streaming.fetchmany(100_000):
        rest += len(rows)
    assert len(first) + rest == 400_000
    assert server.said().count("a new publication is served") == 3


def test_a_publication_that_cannot_be_opened_changes_nothing(started, tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    publish_readings(data, 1)
    server = started(data).ready()
    client = client_of(server)
    broken = tmp_path / "broken"
    broken.write_bytes(b"no ledger" * 1000)
    broken.replace(data / "published/missionwire.duckdb")
    server.wait_for("is not a DuckDB file.*what was served before is served still")
    assert ask(client, "SELECT count(*) FROM claims") == [(1,)]
    publish_readings(data, 2)
    server.wait_for("a new publication is served")
    assert ask(client, "SELECT count(*) FROM claims") == [(2,)]


def test_a_question_without_end_keeps_nobody_else_from_asking_and_the_server_from_stopping(started, tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    publish_readings(data, 1)
    server = started(data).ready()

    def ask_for_ever():
        with pytest.raises(duckdb.Error):
            ask(client_of(server), ENDLESS)

    before = spent_seconds(server)
    asking = threading.Thread(target=ask_for_ever)
    asking.start()
    wait_until(lambda: spent_seconds(server) > before + 1, seconds=60)
    client = client_of(server)
    for _ in range(5):
        assert ask(client, "SELECT count(*) FROM claims") == [(1,)]
    assert server.stop() == 0
    asking.join(30)
    assert not asking.is_alive()


def spent_seconds(server):
    """How long processors have worked for it; other programs change nothing about that."""
    return sum(psutil.Process(server.process.pid).cpu_times()[:2])


def test_a_question_that_wants_more_than_all_the_memory_fails_alone(started, tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    publish_readings(data, 1)
    server = started(data, settings={"MISSIONWIRE_SQL_MEMORY": "200MB"}).ready()
    client = client_of(server)
    with pytest.raises(duckdb.Error, match=r"(?i)out of memory|allocate"):
        ask(client, "SELECT len(list(range)) FROM range(200_000_000)")
    assert ask(client, "SELECT count(*) FROM claims") == [(1,)]


def test_a_token_is_made_up_where_there_is_none(started, tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    publish_readings(data, 1)
    server = started(data, settings={"MISSIONWIRE_SQL_TOKEN": ""}).ready()
    file = data / "sql-token"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    token = file.read_text().strip()
    assert len(token) > 40
    assert list(data.glob("sql-token*")) == [file]
    assert token not in server.said()
    assert ask(client_of(server, token), "SELECT count(*) FROM claims") == [(1,)]


def test_people_have_tokens_of_their_own_and_can_be_struck_out(started, tmp_path):
    data, file = tmp_path / "data", tmp_path / "tokens"
    data.mkdir()
    publish_readings(data, 1)
    file.write_text("# the desk\nana  first-token-of-ana\nbo   first-token-of-bo\n")
    settings = {"MISSIONWIRE_SQL_TOKEN": "", "MISSIONWIRE_SQL_TOKEN_FILE": str(file)}
    server = started(data, settings=settings).ready()
    assert f"chmod 600 {file}" in server.said()
    ana, bo = (client_of(server, f"first-token-of-{name}") for name in ("ana", "bo"))
    assert ask(bo, "SELECT 1") == ask(ana, "SELECT 1") == [(1,)]
    file.write_text("ana first-token-of-ana\n")
    server.wait_for("was read anew: ana")
    with pytest.raises(duckdb.Error, match="Authorization failed"):
        ask(bo, "SELECT 1")
    with pytest.raises(duckdb.Error, match="Authentication failed"):
        client_of(server, "first-token-of-bo")
    file.write_text("ana first-token-of-ana and more\n")
    server.wait_for(f"{file}:1: 4 words")
    assert ask(ana, "SELECT 1") == [(1,)]


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ({"MISSIONWIRE_SQL_TOKEN": "short"}, "a token of 5 characters; right would be 8 at least"),
        ({"MISSIONWIRE_SQL_TOKEN_FILE": "no-such-file"}, "sql_token_file no-such-file cannot be read"),
        ({"MISSIONWIRE_SQL_TOKEN_FILE": "empty"}, "empty: there is no token in it"),
        ({"MISSIONWIRE_SQL_TOKEN_FILE": "empty", "MISSIONWIRE_SQL_TOKEN": TOKEN}, "keep one of them"),
        ({"MISSIONWIRE_SQL_ADDRESS": "9494"}, "right would be HOST:PORT"),
        ({"MISSIONWIRE_SQL_MEMORY": "much"}, "right would be an amount such as 2GB"),
    ],
)
def test_a_set_up_that_cannot_be_used_is_refused_at_once(tmp_path, settings, problem):
    (tmp_path / "empty").touch()
    done = missionwire("serve", "--sql", cwd=tmp_path, settings=settings)
    assert (done.returncode, done.stdout) == (2, "")
    assert problem in done.stderr


def test_an_address_and_a_data_folder_have_one_server_each(served, tmp_path):
    server, data = served
    address = f"127.0.0.1:{server.port}"
    publish_readings(tmp_path, 1)
    done = missionwire("serve", "--sql", "--sql-address", address, "--data", tmp_path, cwd=tmp_path)
    assert done.returncode == 2
    assert f"sql_address {address} cannot be used: Address already in use" in done.stderr
    done = missionwire("serve", "--sql", "--data", data, cwd=tmp_path, settings={"MISSIONWIRE_SQL_TOKEN": TOKEN})
    assert done.returncode == 3
    assert "another SQL server is on in" in done.stderr


@pytest.mark.long
def test_what_a_killed_server_left_is_cleared_by_the_next(started, tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    publish_readings(data, 1)
    server = started(data).ready()
    server.kill()
    left = (data / "serving/snapshot_1.duckdb").stat().st_ino
    publish_readings(data, 2)
    started(data).ready()
    assert (data / "serving/snapshot_1.duckdb").stat().st_ino != left


@pytest.mark.long
def test_the_schedule_and_the_sql_server_come_and_go_together(started, site, tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    publish_readings(data, 1)
    (tmp_path / "feeds.toml").write_text(f'[[feed]]\nurl = "{site.url("/feed")}"\n')
    feeds, often = ("--schedule", "--feeds", str(tmp_path / "feeds.toml")), {"MISSIONWIRE_INTERVAL": "5"}
    server = started(data, *feeds, settings=often)
    client = client_of(server.ready())
    assert ask(client, "SELECT count(*) FROM claims") == [(1,)]
    server.wait_for(r"run \w+: 0 articles", seconds=200)
    # The run has published its own ledger in the place of the one that was made for the test.
    wait_until(lambda: ask(client, "SELECT count(*) FROM claims") == [(0,)])
    companion = companion_of(server)
    assert server.stop() == 0, server.said()
    assert psutil.wait_procs([companion], timeout=20)[1] == []
    again = started(data, *feeds, settings=often).ready()
    companion_of(again).send_signal(signal.SIGKILL)
    assert again.process.wait(60) == 2
    again.wait_for("the SQL server has ended")


def companion_of(server):
    children = psutil.Process(server.process.pid).children(recursive=True)
    [companion] = [child for child in children if "flows.sql_serving" in child.cmdline()]
    return companion
