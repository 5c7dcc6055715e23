"""Opening: created and brought up to date when writable; refused with a sentence that helps otherwise."""

from __future__ import annotations

import os
import subprocess
import sys

import duckdb
import pytest

from extractors.errors import WarehouseError
from tests.warehouse.ledger import fresh_ledger, rows_of
from warehouse.connection import BusyWarehouseError, OldSchemaError, open_warehouse
from warehouse.lake import without_passwords
from warehouse.migrate import newest_version
from warehouse.sql import list_sql

HOLD = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1], read_only=sys.argv[2] == "read")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def hold():
    """Another process that has the file open until the test ends."""
    holders = []

    def start(file, mode):
        holder = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(file), mode], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        holders.append(holder)
        assert holder.stdout.readline() == "held\n"
        return holder

    yield start
    for holder in holders:
        holder.communicate("")


def test_a_missing_file_is_created_with_today_s_schema(tmp_path):
    with open_warehouse(tmp_path / "new.duckdb") as connection:
        assert connection.execute("SELECT max(version), count(*) FROM ops.migration").fetchone() == (
            newest_version(),
            len(list_sql("migrations")),
        )


def test_opening_again_changes_no_byte(tmp_path):
    file = fresh_ledger(tmp_path)
    before = file.read_bytes()
    with open_warehouse(file):
        pass
    assert file.read_bytes() == before


def test_times_are_in_utc_and_nothing_is_downloaded(tmp_path):
    with open_warehouse(fresh_ledger(tmp_path), read_only=True) as connection:
        assert connection.execute("SELECT current_setting('TimeZone')").fetchone() == ("UTC",)
        for setting in ("autoinstall_known_extensions", "autoload_known_extensions"):
            assert connection.execute("SELECT current_setting(?)", [setting]).fetchone() == (False,)


def test_reading_a_missing_file_says_what_creates_it(tmp_path):
    with (
        pytest.raises(WarehouseError, match="does not exist yet"),
        open_warehouse(tmp_path / "no.duckdb", read_only=True),
    ):
        pass
    assert not (tmp_path / "no.duckdb").exists()


def test_a_file_that_is_no_duckdb_file_is_refused_and_left_alone(tmp_path):
    file = tmp_path / "notes.duckdb"
    file.write_text("my notes\n" * 1000)
    for read_only in (False, True):
        with (
            pytest.raises(WarehouseError, match="is not a DuckDB file; move it away"),
            open_warehouse(file, read_only=read_only),
        ):
            pass
    assert file.read_text() == "my notes\n" * 1000


def test_somebody_else_s_duckdb_file_is_refused(tmp_path):
    with duckdb.connect(str(tmp_path / "theirs.duckdb")) as theirs:
        theirs.execute("CREATE TABLE accounts (n INTEGER)")
    with pytest.raises(WarehouseError, match="not a missionwire warehouse"), open_warehouse(tmp_path / "theirs.duckdb"):
        pass


def test_what_a_full_disk_left_of_a_creation_is_begun_anew(tmp_path):
    (tmp_path / "ledger.duckdb").touch()
    with open_warehouse(tmp_path / "ledger.duckdb") as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (0,)


def test_a_newer_schema_is_refused_with_both_versions_and_what_to_do(tmp_path):
    file = fresh_ledger(tmp_path)
    with duckdb.connect(str(file)) as connection:
        connection.execute("INSERT INTO ops.migration (version, name) VALUES (9001, '9001_from_the_future')")
    for read_only in (False, True):
        with (
            pytest.raises(WarehouseError, match=rf"schema 9001, .* up to {newest_version()}; upgrade missionwire"),
            open_warehouse(file, read_only=read_only),
        ):
            pass


def test_an_older_schema_is_brought_up_to_date_in_place(tmp_path):
    file = tmp_path / "ledger.duckdb"
    old = list_sql("migrations")[:-1]
    with open_warehouse(tmp_path / "other.duckdb") as today:
        applied = today.execute("FROM ops.migration ORDER BY version").fetchall()[:-1]
    with duckdb.connect(str(file)) as connection:
        for migration in old:
            connection.execute(migration.read_text())
        connection.executemany("INSERT INTO ops.migration VALUES (?, ?, ?, ?)", applied)
        connection.execute("INSERT INTO raw.entry (feed, guid) VALUES ('kept', 'kept')")
    with pytest.raises(OldSchemaError, match=f"older than {newest_version()}"), open_warehouse(file, read_only=True):
        pass
    with open_warehouse(file):
        pass
    assert rows_of(tmp_path, "SELECT max(version) FROM ops.migration") == [(newest_version(),)]
    assert rows_of(tmp_path, "SELECT feed FROM raw.entry") == [("kept",)]


def test_an_edited_migration_is_told(tmp_path):
    file = fresh_ledger(tmp_path)
    with duckdb.connect(str(file)) as connection:
        connection.execute("UPDATE ops.migration SET checksum = 'other' WHERE version = 1")
    with pytest.raises(WarehouseError, match="another text of migration 0001"), open_warehouse(file):
        pass


def test_a_failing_migration_leaves_nothing_behind(tmp_path, monkeypatch):
    file = fresh_ledger(tmp_path)
    bad = tmp_path / "9999_break_things.sql"
    bad.write_text("CREATE TABLE core.half (n INTEGER); SELECT no_such_function();")
    known = list_sql("migrations")
    monkeypatch.setattr(
        "warehouse.migrate.list_sql", lambda folder: (*known, bad) if folder == "migrations" else list_sql(folder)
    )
    with pytest.raises(WarehouseError, match="no_such_function"), open_warehouse(file):
        pass
    monkeypatch.undo()
    assert rows_of(tmp_path, "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'half'") == [(0,)]


@pytest.mark.parametrize("mode", ["write", "read"])
def test_a_held_file_names_the_process_that_holds_it(tmp_path, hold, mode):
    file = fresh_ledger(tmp_path)
    holder = hold(file, mode)
    with pytest.raises(BusyWarehouseError, match=f"held by process {holder.pid}"), open_warehouse(file):
        pass


def test_two_connections_of_one_process_do_not_mix_reading_and_writing(tmp_path):
    file = fresh_ledger(tmp_path)
    with open_warehouse(file, read_only=True), pytest.raises(BusyWarehouseError), open_warehouse(file):
        pass


def test_a_missing_folder_is_named(tmp_path):
    with (
        pytest.raises(WarehouseError, match=r"the folder .*nowhere does not exist"),
        open_warehouse(tmp_path / "nowhere" / "ledger.duckdb"),
    ):
        pass


def test_a_folder_in_place_of_a_file_is_named(tmp_path):
    with pytest.raises(WarehouseError, match="is a folder"), open_warehouse(tmp_path):
        pass


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes anywhere")
def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(WarehouseError, match="cannot be written"), open_warehouse(tmp_path / "ledger.duckdb"):
        pass
    tmp_path.chmod(0o700)


@pytest.mark.parametrize(
    "written",
    ["password=se\\ cret", r"password = 'se cr\'et'", "password=''se cret''", "postgresql://a:se:cret@db.example/lake"],
)
def test_a_password_is_starred_out_to_its_end_however_it_is_written(written):
    assert "cr" not in without_passwords(f"IO Error: unable to connect to {written} host=db.example")
    assert "db.example" in without_passwords(f"{written} host=db.example")
