"""Corrections, articles touched -> links: which claims a line of corrections.tsv holds for."""

from __future__ import annotations

import duckdb

from warehouse.sql import read_query


def has_corrections(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether people have said anything at all; most ledgers are spared all further questions."""
    return connection.execute(read_query("count_corrections")).fetchone() != (0,)


def link_corrections(connection: duckdb.DuckDBPyConnection) -> None:
    """Find anew, in the articles of `touched_article`, the claims that stand for those that were named."""
    if has_corrections(connection):
        since = connection.execute(read_query("find_first_touched")).fetchone()
        assert since is not None
        for query in ("unlink_corrections", "link_corrections"):
            connection.execute(read_query(query), {"since": since[0]})
