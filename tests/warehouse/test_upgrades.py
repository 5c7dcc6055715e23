"""A ledger of every earlier schema, with rows in it: kept as it was, upgraded in place, nothing lost."""

import duckdb
import pytest

from tests.warehouse.ledger import load_records, make_entry, make_poll, make_reading, make_run, older_copy
from warehouse.connection import open_warehouse
from warehouse.copying import bring_up_to_date, schema_of
from warehouse.migrate import newest_version
from warehouse.runs import end_run, start_run
from warehouse.sql import list_sql

EARLIER = [int(file.name[:4]) for file in list_sql("migrations")][:-1]
# 0004 made the last of the tables that hold what `today` holds; what came later has defaults.
COMPLETE = 4


@pytest.fixture(scope="module")
def today(tmp_path_factory):
    """A ledger of today's schema with a little of everything."""
    data = tmp_path_factory.mktemp("today")
    readings = [make_reading(number, hours=number) for number in range(1, 6)]
    edited = make_reading(1, text="Kenya sent 300 officers to Haiti.", hours=9, claims=[{"words": "300"}])
    load_records(data, make_entry(1), make_entry(2), *readings, make_poll())
    load_records(data, edited, make_poll(9), run_id="run-2", hours=9)
    start_run(data / "ledger.duckdb", make_run())
    end_run(data / "ledger.duckdb", make_run(state="completed", articles_loaded=5))
    return data / "ledger.duckdb"


@pytest.fixture(scope="module")
def answers_today(today):
    return answers(today)


def answers(file):
    """What every view says."""
    with open_warehouse(file, read_only=True) as ledger:
        names = ledger.execute(
            "SELECT view_name FROM duckdb_views() WHERE schema_name = 'main' AND NOT internal ORDER BY view_name"
        ).fetchall()
        return {name: ledger.execute(f"SELECT * FROM {name} ORDER BY ALL").fetchall() for (name,) in names}


@pytest.mark.parametrize("version", EARLIER)
def test_every_earlier_ledger_is_kept_and_answers_as_if_made_today(version, today, answers_today, tmp_path):
    file = older_copy(today, tmp_path / "ledger.duckdb", version)
    before = rows(file)
    bring_up_to_date(file)
    kept = tmp_path / f"ledger.schema-{version}.duckdb"
    assert (schema_of(file), schema_of(kept)) == (newest_version(), version)
    assert rows(kept) == rows(file, columns_of=kept) == before
    assert sum(map(len, before.values())) > 0
    if version >= COMPLETE:
        assert answers(file) == answers_today
    else:
        assert set(answers(file)) == set(answers_today)


def rows(file, columns_of=None):
    """All rows of a file, in the tables and columns that another file has; without what upgrades write themselves."""
    with duckdb.connect(str(columns_of or file), read_only=True) as connection:
        columns = connection.execute(
            "SELECT schema_name || '.' || table_name, string_agg('\"' || column_name || '\"', ', ') "
            "FROM duckdb_columns() JOIN duckdb_tables() USING (table_oid, schema_name, table_name) "
            "WHERE table_name NOT IN ('migration', 'fingerprint') GROUP BY ALL"
        ).fetchall()
    with duckdb.connect(str(file), read_only=True) as connection:
        return {
            table: connection.execute(f"SELECT {names} FROM {table} ORDER BY ALL").fetchall()
            for table, names in columns
        }
