"""Snapshot -> snapshot with an index of words: what search_articles and search_sentences look up.

DuckDB's fts extension stems the words here, once, when a snapshot is made. Whoever asks needs no extension: stems are
looked up among the words of the index. What the earlier snapshot has indexed is carried over, and new wordings are
cut. docs/decisions/0023-search-without-an-extension.md has the reasons and the figures.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb

from warehouse.connection import Connection, connect, explained
from warehouse.extensions import load_extension
from warehouse.sql import list_sql, read_query

# Articles in the index: those about a mission, then the newest. Carrying them over is what a publication waits for.
MOST_DOCUMENTS = 100_000


def index_words(snapshot: Path, earlier: Path, *, most: int = MOST_DOCUMENTS) -> None:
    """Fill the index of a snapshot that nobody reads yet.

    Args:
        snapshot: a whole copy of the ledger, of today's schema; of an older one it is left as it is.
        earlier: the snapshot before it, which may be missing.
        most: how many articles the index has at most.

    Raises:
        WarehouseError: DuckDB's fts extension is not installed, or the snapshot cannot be written.
    """
    connection = connect(snapshot, read_only=False)
    try:
        if not _has_tables(connection, connection.execute("SELECT current_database()").fetchall()[0][0]):
            return
        load_extension(connection, "fts")
        with explained(snapshot):
            connection.execute(read_query("choose_searched"), {"most": most})
            is_appended = _carry_over(connection, earlier)
            _add_new(connection, is_appended=is_appended)
            connection.execute("CHECKPOINT")
    finally:
        connection.close()


def _carry_over(connection: Connection, earlier: Path) -> bool:
    """Take what the earlier snapshot has of the chosen articles; False where it can give nothing."""
    try:
        connection.execute("ATTACH '{}' AS earlier (READ_ONLY)".format(str(earlier).replace("'", "''")))
    except duckdb.Error:
        # There is none, or what lies there is no ledger: all is made anew.
        return False
    try:
        if not _has_tables(connection, "earlier"):
            return False
        [(is_usable,)] = connection.execute(read_query("find_search_build"), {"rules": _rules()}).fetchall()
        if is_usable:
            for name in ("carry_search_documents", "carry_search_postings", "carry_search_words"):
                connection.execute(read_query(name))
        return bool(is_usable)
    finally:
        connection.execute("DETACH earlier")


def _add_new(connection: Connection, *, is_appended: bool) -> None:
    connection.execute(read_query("number_search_documents"))
    connection.execute(read_query("cut_search_words"))
    connection.execute(read_query("insert_search_documents"), {"is_appended": is_appended})
    for name in ("insert_search_postings", "insert_search_words"):
        connection.execute(read_query(name))
    connection.execute(read_query("insert_search_build"), {"rules": _rules()})


def _has_tables(connection: Connection, database: str) -> bool:
    [(has_tables,)] = connection.execute(read_query("find_search_tables"), {"database": database}).fetchall()
    return bool(has_tables)


def _rules() -> str:
    """What an index was made by: another text of the rules makes all of it anew."""
    digest = hashlib.sha256(duckdb.__version__.encode())
    for file in (*list_sql("views", "*search_words.sql"), *list_sql("queries", "*search*.sql")):
        digest.update(file.read_bytes())
    return digest.hexdigest()
