"""Ledger -> snapshot for readers: a whole copy with an index of its words, put in place by an atomic rename.

Readers who hold the old file go on reading it.
"""

from __future__ import annotations

from pathlib import Path

from warehouse.copying import copy_whole
from warehouse.searching import index_words

PUBLISHED_NAME = "missionwire.duckdb"


def publish(file: Path, published: Path) -> Path:
    """Put a snapshot of the ledger where people read it.

    Args:
        file: the writer's DuckDB file; nobody may be writing it.
        published: the folder for `missionwire.duckdb`, created when missing, or a path that ends in .duckdb.

    Returns:
        The published file.

    Raises:
        WarehouseError: nothing was published; the earlier snapshot stands.
    """
    target = published if published.suffix == ".duckdb" else published / PUBLISHED_NAME
    copy_whole(file, target, finish=lambda copy: index_words(copy, target))
    return target
