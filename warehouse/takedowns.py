"""Ledger that was put aside -> the one in its place: what was removed on request stays removed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from warehouse.connection import connect, explained, open_warehouse
from warehouse.migrate import rollback, schema_version
from warehouse.removing import UnknownArticleError, find_removable, remove_article
from warehouse.sql import read_query

# Of the migration that brought the table of takedowns.
_FIRST_SCHEMA = 7


@dataclass(frozen=True, slots=True)
class Takedown:
    """An article that was removed on request.

    Args:
        urls: what is not to be asked for again.
    """

    article_id: str
    url: str
    reason: str
    urls: tuple[str, ...]


def read_takedowns(file: Path) -> tuple[Takedown, ...]:
    """All that were removed from a ledger, of whatever schema, oldest first; none where it is older than their table.

    Raises:
        WarehouseError: it cannot be read.
    """
    with connect(file, read_only=True) as connection, explained(file):
        is_too_old = schema_version(connection, file) < _FIRST_SCHEMA
        rows = [] if is_too_old else connection.execute(read_query("list_takedowns")).fetchall()
    return tuple(Takedown(row[0], row[1], row[2], tuple(row[3] or (row[1],))) for row in rows)


def take_down_again(file: Path, takedowns: tuple[Takedown, ...], *, recorded_at: datetime) -> int:
    """Remove from a ledger what it still holds of them, and forbid what it does not know of; returns how many of both.

    Raises:
        WarehouseError: the ledger cannot be written.
    """
    known = {each.article_id for each in read_takedowns(file)}
    missing = tuple(each for each in takedowns if each.article_id not in known)
    for takedown in missing:
        try:
            found = find_removable(file, takedown.article_id)
        except UnknownArticleError:
            _forbid(file, takedown, recorded_at)
        else:
            remove_article(file, found, reason=takedown.reason, recorded_at=recorded_at)
    return len(missing)


def _forbid(file: Path, takedown: Takedown, recorded_at: datetime) -> None:
    """Note a takedown in a ledger that never had the article, which may still stand in its feed."""
    told = {"reason": takedown.reason, "recorded_at": recorded_at}
    with open_warehouse(file) as connection:
        connection.execute("BEGIN TRANSACTION")
        try:
            article = {"article_id": takedown.article_id, "url": takedown.url}
            connection.execute(read_query("insert_takedown"), {**article, **told})
            connection.execute(read_query("remove_entries"), {"urls": list(takedown.urls)})
            connection.execute(read_query("insert_taken_down"), {"urls": list(takedown.urls), **told})
            connection.execute("COMMIT")
        except BaseException:
            rollback(connection)
            raise
