"""The instance behind a SQL server is locked by itself, whatever the screen before it lets through."""

import socket

import duckdb
import pytest

from tests.warehouse.ledger import load_records, make_reading
from warehouse.extensions import load_extension
from warehouse.publish import publish
from warehouse.serving import SqlServer

LOCKED = [
    "FROM read_text('{secret}')",
    "FROM '{secret}'",
    "FROM glob('{secret}')",
    "COPY (SELECT 1) TO '{outside}/written.csv'",
    "EXPORT DATABASE '{outside}/exported'",
    "ATTACH '{outside}/own.duckdb' AS own",
    "FROM read_csv('http://127.0.0.1:1/x.csv')",
    "INSTALL spatial",
    "LOAD '{outside}/evil.duckdb_extension'",
    "SET memory_limit = '100GB'",
    "SET enable_external_access = true",
    "SET GLOBAL quack_authorization_function = 'quack_nop_authorization'",
    "RESET allowed_directories",
    "INSERT INTO snapshot_1.core.claim FROM snapshot_1.core.claim",
    "DROP VIEW snapshot_1.main.claims",
    "CREATE TABLE snapshot_1.main.own (i INTEGER)",
]


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    data = tmp_path_factory.mktemp("served")
    load_records(data, make_reading(1))
    publish(data / "ledger.duckdb", data / "published")
    (data / "own").mkdir()
    server = SqlServer(data / "own", memory="500MB", threads=1, holder_of=lambda token: token and "ana")
    assert server.take_up(data / "published/missionwire.duckdb")
    assert not server.take_up(data / "published/missionwire.duckdb")
    yield server, data
    server.close()
    assert not (data / "own").exists()


@pytest.mark.parametrize("sql", LOCKED)
def test_the_lock_holds_without_the_screen(served, tmp_path, sql):
    server, _ = served
    (tmp_path / "secret.txt").write_text("secret")
    with pytest.raises(duckdb.Error):
        server._connection.execute(sql.format(secret=tmp_path / "secret.txt", outside=tmp_path)).fetchall()
    assert [file.name for file in tmp_path.iterdir()] == ["secret.txt"]


def test_nobody_is_allowed_anything_without_a_session(served):
    server, _ = served
    assert server._allow("no such session", "FROM claims") is None
    assert server._admit("session", "", "") is False
    assert server._admit("session", "a token", "") is True
    assert server._allow("session", "FROM claims") == "USE snapshot_1;\nFROM claims"
    assert server.refused_count() == 1


def test_what_is_being_answered_is_known_with_its_asker_and_who_has_gone_is_forgotten(served):
    server, _ = served
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    server.listen(address)
    with duckdb.connect() as client:
        for extension in ("httpfs", "quack"):
            load_extension(client, extension)
        client.execute(f"ATTACH 'quack:{address}' AS mw (TOKEN 'token-of-ana')")
        client.execute("FROM mw.query('SELECT r.range, c.claim_id FROM range(1_000_000) r, claims c')")
        assert len(client.fetchmany(5)) == 5
        [question] = server.questions()
        assert (question.holder, question.sql[:14]) == ("ana", "SELECT r.range")
        assert 0 <= question.seconds < 60
        assert question.session in server._sessions
        client.fetchall()
        assert server.questions() == ()
        client.execute("DETACH mw")
    server.questions()
    server.questions()
    assert question.session not in server._sessions


def test_rows_that_a_client_sends_are_refused_without_a_text_that_would_let_them_in(served):
    server, _ = served
    server._admit("session", "a token", "")
    assert server._allow("session", "INSERT INTO core.claim VALUES (NULL)") is None
