"""Facts -> tables of UCDP, IDMC, FTS and the UN, CSV or Parquet, with the official names and types of their columns.

What each table holds is SQL in exports/; docs/exports.md tells where each column comes from.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

from warehouse.lake import Address
from warehouse.query import write_csv, write_parquet
from warehouse.sql import list_sql

_FILES = {file.stem.replace("_", "-"): file for file in list_sql("exports")}
EXPORTS = tuple(_FILES)


def read_export(name: str, *, with_fact_id: bool = False) -> str:
    """Return the statement of an export; its last column, the fact behind a row, is none of the official ones."""
    sql = _FILES[name].read_text(encoding="utf-8")
    return sql if with_fact_id else f"SELECT * EXCLUDE (fact_id) FROM (\n{sql})"  # noqa: S608 - a file of ours


def write_export(
    published: Address, name: str, target: Path, *, as_parquet: bool = False, with_fact_id: bool = False
) -> None:
    """Write one export to a file, CSV or Parquet.

    Raises:
        WarehouseError: there is no snapshot yet, or the file cannot be written.
    """
    sql = read_export(name, with_fact_id=with_fact_id)
    if as_parquet:
        write_parquet(published, sql, target)
    else:
        write_csv(published, sql, target)


def print_export(published: Address, name: str, stream: TextIO, *, with_fact_id: bool = False) -> None:
    """Write one export as CSV to a stream, in the same form as to a file."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "export.csv"
        write_export(published, name, file, with_fact_id=with_fact_id)
        with file.open(encoding="utf-8", newline="") as lines:
            shutil.copyfileobj(lines, stream)
