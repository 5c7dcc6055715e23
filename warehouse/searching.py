"""Ledger -> ledger with an index of words: what search_articles and search_sentences look up.

DuckDB's fts extension stems the words here, once, before a snapshot is made. Whoever asks needs no extension: stems are
looked up among the words of the index. Only new wordings are cut.
docs/decisions/0023-search-without-an-extension.md has the reasons and the figures.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb

from warehouse.connection import Connection, connect, explained
from warehouse.extensions import load_extension
from warehouse.migrate import rollback
from warehouse.sql import list_sql, read_query

# Articles in the index: those about a mission, then the newest. A search looks through the words of all.
MOST_DOCUMENTS = 100_000
# Their words take 300 MB while they are counted; of 100,000 articles at once they take more than there is.
_AT_ONCE = 5_000


def index_words(ledger: Path, *, most: int = MOST_DOCUMENTS) -> None:
    """Bring the index of a ledger that nobody writes up to date with its articles, all or nothing.

    Args:
        ledger: of today's schema; one of an older schema is left as it is.
        most: how many articles the index has at most.

    Raises:
        WarehouseError: DuckDB's fts extension is not installed, or the ledger cannot be written.
    """
    connection = connect(ledger, read_only=False)
    try:
        if not _has_tables(connection):
            return
        load_extension(connection, "fts")
        with explained(ledger):
            connection.execute("BEGIN TRANSACTION")
            try:
                _bring_up_to_date(connection, most)
                connection.execute("COMMIT")
            except BaseException:
                rollback(connection)
                raise
    finally:
        connection.close()


def forget_words(connection: Connection, article_id: str) -> None:
    """Take the words of an article out of the index, within the transaction that removes it."""
    connection.execute(read_query("find_search_document_of_article"), {"article_id": article_id})
    _remove_gone(connection)


def _bring_up_to_date(connection: Connection, most: int) -> None:
    [(is_usable, is_unsorted)] = connection.execute(read_query("find_search_build"), {"rules": _rules()}).fetchall()
    connection.execute(read_query("choose_searched"), {"most": most})
    connection.execute(read_query("find_gone_search_documents"), {"is_usable": is_usable})
    removed = _remove_gone(connection)
    added = 0
    while count := _number_new(connection):
        _add_new(connection)
        added += count
    if is_unsorted or not is_usable:
        _sort(connection)
    if added or removed or not is_usable:
        connection.execute(read_query("clear_search_build"))
        connection.execute(read_query("insert_search_build"), {"rules": _rules()})


def _remove_gone(connection: Connection) -> int:
    count = _count(connection, "count_gone_search_documents")
    if count:
        for things in ("postings", "documents", "words"):
            connection.execute(read_query(f"remove_search_{things}"))
    return count


def _number_new(connection: Connection) -> int:
    connection.execute(read_query("number_search_documents"), {"most": _AT_ONCE})
    return _count(connection, "count_new_search_documents")


def _add_new(connection: Connection) -> None:
    connection.execute(read_query("cut_search_words"))
    for things in ("documents", "postings", "words"):
        connection.execute(read_query(f"insert_search_{things}"))


def _sort(connection: Connection) -> None:
    """Put the words of all articles into one order; those added lie in an order of their own."""
    for query in (
        "sort_search_postings",
        "clear_search_postings",
        "insert_sorted_search_postings",
        "mark_search_documents_sorted",
    ):
        connection.execute(read_query(query))


def _has_tables(connection: Connection) -> bool:
    return bool(_count(connection, "find_search_tables"))


def _count(connection: Connection, query: str) -> int:
    [(count,)] = connection.execute(read_query(query)).fetchall()
    return int(count)


def _rules() -> str:
    """What an index was made by: another text of the rules makes all of it anew."""
    digest = hashlib.sha256(duckdb.__version__.encode())
    for file in (*list_sql("views", "*search_words.sql"), *list_sql("queries", "*search*.sql")):
        digest.update(file.read_bytes())
    return digest.hexdigest()
