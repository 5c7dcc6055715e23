"""URL -> an article removed on request: its rows in one transaction, and one row that says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from extractors.errors import WarehouseError
from warehouse.connection import Connection, open_warehouse
from warehouse.copies import forget_touched, touch_article
from warehouse.facts import resolve_touched
from warehouse.lake import Address, Lake, forget_deleted
from warehouse.migrate import rollback
from warehouse.searching import forget_words
from warehouse.sql import read_query

# Claims before the article they belong to; the article itself last.
_TABLES = (
    "correction_link",
    "claim",
    "article_version",
    "article_mission",
    "refused_proposal",
    "extraction",
    "page",
    "article",
)


class UnknownArticleError(WarehouseError):
    """No article has this address or id."""


@dataclass(frozen=True, slots=True)
class Removable:
    """An article and all its traces.

    Args:
        urls: every address it was asked for, answered under or is known by.
        places: of its pages in the archive: file and offset in bytes.
    """

    article_id: str
    url: str
    urls: tuple[str, ...]
    places: tuple[tuple[str, int], ...]


def find_removable(file: Address, url: str) -> Removable:
    """The article at an address, or with an article_id.

    Raises:
        UnknownArticleError: there is none.
        WarehouseError: pages of several articles came from this address, or the ledger cannot be read.
    """
    with open_warehouse(file, read_only=True) as connection:
        rows = connection.execute(read_query("find_removable"), {"url": url}).fetchall()
    if not rows:
        problem = f"no article has the address {url}; 'missionwire sql' finds it in the view articles"
        raise UnknownArticleError(file, problem)
    meant = {row[0]: row[1] for row in rows}
    if len(meant) > 1:
        named = ", ".join(meant.values())
        raise WarehouseError(file, f"{url} led to {len(meant)} articles; right would be the address of one: {named}")
    urls = {address for row in rows for address in row[1:4] if address}
    places = {(row[4], row[5]) for row in rows if row[4] is not None}
    return Removable(rows[0][0], rows[0][1], tuple(sorted(urls)), tuple(sorted(places)))


def remove_article(file: Address, found: Removable, *, reason: str, recorded_at: datetime) -> tuple[int, int, int]:
    """Remove an article with its claims, wordings, pages and feed entries; returns how many of the first three.

    Raises:
        WarehouseError: nothing was removed.
    """
    with open_warehouse(file) as connection:
        connection.execute("BEGIN TRANSACTION")
        try:
            counts = _remove(connection, found, reason, recorded_at)
            connection.execute("COMMIT")
        except BaseException:
            rollback(connection)
            raise
        if isinstance(file, Lake):
            forget_deleted(connection)
        else:
            # What was deleted leaves the file with the blocks that are freed here.
            connection.execute("CHECKPOINT")
    return counts


def _remove(connection: Connection, found: Removable, reason: str, recorded_at: datetime) -> tuple[int, int, int]:
    key = {"article_id": found.article_id}
    told = {**key, "url": found.url, "reason": reason, "recorded_at": recorded_at}
    row = connection.execute(read_query("count_taken_down"), key).fetchone()
    assert row is not None
    connection.execute(read_query("insert_takedown"), told)
    touch_article(connection, found.article_id)
    connection.execute(read_query("find_removed_article"), key)
    forget_words(connection, found.article_id)
    for table in _TABLES:
        connection.execute(read_query(f"remove_{table}"), key)
    forget_touched(connection)
    # Its copies tell of it from now on by themselves, and no version of a fact keeps its words.
    connection.execute(read_query("find_bereft_articles"))
    resolve_touched(connection, recorded_at)
    connection.execute(read_query("remove_report"), key)
    connection.execute(read_query("remove_words_of_facts"), {"url": found.url})
    connection.execute(read_query("remove_entries"), {"urls": list(found.urls)})
    rejected = {"urls": list(found.urls), "reason": reason, "recorded_at": recorded_at}
    connection.execute(read_query("insert_taken_down"), rejected)
    return int(row[0]), int(row[1]), int(row[2])
