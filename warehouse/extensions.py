"""Name -> loaded extension: DuckDB's signed extensions, out of wheels of DuckDB's own version.

Nothing is downloaded at run time: a machine without internet has what the same `pip install` gave to all others.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import duckdb

from extractors.errors import WarehouseError
from warehouse.connection import Connection, explained


def load_extension(connection: Connection, name: str) -> None:
    """Load an extension into the instance behind a connection; doing it again changes nothing.

    Args:
        name: as the wheel has it: `fts`, `quack`, `ducklake`, `postgres_scanner`, `sqlite_scanner`, `httpfs`.

    Raises:
        WarehouseError: its wheel is not installed, or is of another version of DuckDB.
    """
    file = extension_file(name)
    with explained(file):
        # LOAD takes no parameters; a quote in the path is doubled, as SQL wants it.
        connection.execute("LOAD '{}'".format(str(file).replace("'", "''")))


def extension_file(name: str) -> Path:
    """Return the file of an extension in its wheel.

    Raises:
        WarehouseError: the wheel is not installed, or is of another version of DuckDB.
    """
    package = find_spec(f"duckdb_extension_{name}")
    wheel = f"duckdb-extension-{name.replace('_', '-')}=={duckdb.__version__}"
    if package is None or not package.submodule_search_locations:
        raise WarehouseError(f"DuckDB's extension {name}", f"is not installed; right would be: pip install {wheel}")
    folder = Path(package.submodule_search_locations[0]) / "extensions"
    file = folder / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
    if not file.exists():
        found = ", ".join(sorted(version.name for version in folder.glob("v*"))) or "no version"
        raise WarehouseError(
            f"DuckDB's extension {name}",
            f"its wheel is for {found} of DuckDB, and DuckDB here is v{duckdb.__version__}; "
            f"right would be: pip install {wheel}",
        )
    return file
