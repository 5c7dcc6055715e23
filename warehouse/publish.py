"""Ledger -> snapshot for readers: its index of words brought up to date, and a copy put in place by an atomic rename.

Readers who hold the old file go on reading it.
"""

from __future__ import annotations

from contextlib import suppress

from warehouse.connection import BusyWarehouseError
from warehouse.copying import copy_whole
from warehouse.lake import Address, Lake
from warehouse.searching import index_words

PUBLISHED_NAME = "missionwire.duckdb"


def publish(file: Address, published: Address) -> Address:
    """Put a snapshot of the ledger where people read it.

    Args:
        file: the writer's DuckDB file; nobody may be writing it.
        published: the folder for `missionwire.duckdb`, created when missing, or a path that ends in .duckdb.

    Returns:
        The published file.

    Raises:
        WarehouseError: nothing was published; the earlier snapshot stands.
    """
    if isinstance(published, Lake) or isinstance(file, Lake):
        # Readers ask the lake itself.
        return file
    target = published if published.suffix == ".duckdb" else published / PUBLISHED_NAME
    # Whoever reads the ledger itself keeps writers out: then the words of this load are found from the next time on.
    with suppress(BusyWarehouseError):
        if file.exists():
            index_words(file)
    copy_whole(file, target)
    return target
