"""Copies of the ledger: whole, verified, put in place at once; and one before every upgrade."""

import duckdb
import pytest

from extractors.errors import WarehouseError
from tests.warehouse.ledger import fresh_ledger
from warehouse.connection import open_warehouse
from warehouse.copying import copy_whole, keep_before_upgrade, schema_of
from warehouse.migrate import newest_version


def _make_older(file):
    """A ledger as an earlier release left it: without what the newest migration made."""
    with duckdb.connect(str(file)) as connection:
        connection.execute("DELETE FROM ops.migration WHERE version = (SELECT max(version) FROM ops.migration)")
        connection.execute("DROP TABLE ops.takedown")


def test_an_older_ledger_is_kept_before_it_is_upgraded_in_place(tmp_path):
    file = fresh_ledger(tmp_path)
    assert keep_before_upgrade(file) is None
    _make_older(file)
    kept = keep_before_upgrade(file)
    assert kept.name == f"{file.stem}.schema-{newest_version() - 1}.duckdb"
    with open_warehouse(file):
        pass
    assert schema_of(file) == newest_version()
    assert schema_of(kept) == newest_version() - 1


def test_a_copy_that_cannot_be_made_leaves_what_stood_there(tmp_path):
    target = tmp_path / "copy.duckdb"
    target.write_text("earlier")
    with pytest.raises(WarehouseError):
        copy_whole(tmp_path / "nowhere.duckdb", target)
    assert target.read_text() == "earlier"
    assert list(tmp_path.iterdir()) == [target]
