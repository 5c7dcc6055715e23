"""Copies of the ledger: whole, verified, put in place at once."""

import duckdb
import pytest

from extractors.errors import WarehouseError
from tests.warehouse.ledger import fresh_ledger
from warehouse.copying import copy_whole, keep_before_upgrade


def test_a_ledger_of_todays_schema_is_not_kept(tmp_path):
    file = fresh_ledger(tmp_path)
    assert keep_before_upgrade(file) is None
    assert keep_before_upgrade(tmp_path / "none.duckdb") is None
    assert list(tmp_path.iterdir()) == [file]


def test_a_copy_that_cannot_be_made_leaves_what_stood_there(tmp_path):
    target = tmp_path / "copy.duckdb"
    target.write_text("earlier")
    with pytest.raises(WarehouseError):
        copy_whole(tmp_path / "nowhere.duckdb", target)
    assert target.read_text() == "earlier"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("statement", "problem"),
    [("SELECT 1", "is an empty DuckDB file"), ("CREATE TABLE t (i INTEGER)", "not a missionwire warehouse")],
)
def test_what_is_no_ledger_is_named_and_takes_no_place(tmp_path, statement, problem):
    file, target = tmp_path / "theirs.duckdb", tmp_path / "copy.duckdb"
    with duckdb.connect(str(file)) as theirs:
        theirs.execute(statement)
    with pytest.raises(WarehouseError, match=rf"theirs\.duckdb: .*{problem}"):
        copy_whole(file, target)
    assert list(tmp_path.iterdir()) == [file]
