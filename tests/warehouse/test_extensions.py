"""Extensions come out of wheels: loaded without a network, and refused with a sentence that names the right wheel."""

from __future__ import annotations

import duckdb
import pytest

from extractors.errors import WarehouseError
from warehouse.extensions import extension_file, load_extension

OFFLINE = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}


@pytest.mark.parametrize("name", ["fts", "quack"])
def test_an_extension_is_loaded_from_its_wheel_again_and_again(name):
    with duckdb.connect(config=OFFLINE) as connection:
        load_extension(connection, name)
        load_extension(connection, name)
        loaded = "SELECT extension_name, install_mode FROM duckdb_extensions() WHERE loaded AND extension_name = $name"
        assert connection.execute(loaded, {"name": name}).fetchall() == [(name, "NOT_INSTALLED")]


def test_a_missing_wheel_is_named_with_its_version():
    with pytest.raises(WarehouseError, match=rf"pip install duckdb-extension-no-such=={duckdb.__version__}"):
        extension_file("no_such")


def test_a_wheel_of_another_version_is_told_apart(tmp_path, monkeypatch):
    """A path with a quote in it, and the wheel of an older DuckDB on it."""
    site = tmp_path / "o'brien"
    old = site / "duckdb_extension_elder" / "extensions" / "v1.4.0"
    old.mkdir(parents=True)
    (site / "duckdb_extension_elder" / "__init__.py").touch()
    (old / "elder.duckdb_extension").touch()
    monkeypatch.syspath_prepend(site)
    with pytest.raises(WarehouseError, match=rf"for v1\.4\.0 of DuckDB, and DuckDB here is v{duckdb.__version__}"):
        extension_file("elder")


def test_a_file_that_is_no_extension_is_said_to_be_none(tmp_path, monkeypatch):
    site = tmp_path / "o'brien"
    folder = site / "duckdb_extension_broken" / "extensions" / f"v{duckdb.__version__}"
    folder.mkdir(parents=True)
    (site / "duckdb_extension_broken" / "__init__.py").touch()
    (folder / "broken.duckdb_extension").write_bytes(b"no extension")
    monkeypatch.syspath_prepend(site)
    with duckdb.connect(config=OFFLINE) as connection, pytest.raises(WarehouseError, match="broken"):
        load_extension(connection, "broken")
