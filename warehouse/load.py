"""Spools -> rows: one transaction that adds what is new and leaves out what is known.

De-duplication is an anti-join against natural keys, so that loading a spool twice changes nothing. A spool is removed
only after the commit; whatever happens before leaves it to the next run.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from extractors.errors import SpoolError
from warehouse.connection import Connection, open_warehouse
from warehouse.copies import find_copies
from warehouse.facts import resolve_load
from warehouse.lake import Address
from warehouse.migrate import rollback
from warehouse.spool import remove_spool
from warehouse.sql import read_query


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What one load brought.

    Args:
        articles_loaded: new articles, the copies among them included.
        copies: new articles whose text stands under another URL already.
        revisions: new wordings of articles that were known.
        articles_known: articles that brought no new wording.
        claims_superseded: claims that count no more, because another version of their extractor has read their text.
        texts_reread: texts that another version of an extractor has read, whatever it found.
        entries_new: new or edited feed entries; polls, rejected: new rows.
    """

    articles_loaded: int = 0
    copies: int = 0
    revisions: int = 0
    articles_known: int = 0
    claims_new: int = 0
    claims_superseded: int = 0
    texts_reread: int = 0
    entries_new: int = 0
    polls: int = 0
    rejected: int = 0


def sum_reports(reports: Iterable[LoadReport]) -> LoadReport:
    """What several loads brought together."""
    rows = [astuple(report) for report in reports]
    return LoadReport(*(sum(column) for column in zip(*rows, strict=True)))


# File of a spool, and the statement that reads it.
_READERS = {
    "poll": "read_polls",
    "entry": "read_entries",
    "reading": "read_readings",
    "match": "read_matches",
    "claim": "read_claims",
    "refusal": "read_refusals",
    "extraction": "read_extractions",
    "rejection": "read_rejections",
    "run": "read_runs",
}

# Files whose lines are of an article, or lead to one.
_OF_ARTICLES = ("reading", "match", "claim", "refusal", "extraction", "entry")

# Spools that an earlier release left behind have no such files.
_LATER_KINDS = ("refusal", "extraction")


def load_spools(file: Address, spools: Sequence[Path], *, recorded_at: datetime) -> LoadReport:
    """Load finished spools into the ledger, all or none, and remove them.

    Args:
        file: the writer's DuckDB file, created when missing.
        spools: as `waiting_spools` lists them; none at all is fine.
        recorded_at: the clock of the run, stored with every row.

    Raises:
        SpoolError: one of them cannot be read; given alone, the others can be loaded.
        WarehouseError: nothing was loaded and every spool is still there.
    """
    if not spools:
        return LoadReport()
    with open_warehouse(file) as connection:
        connection.execute("BEGIN TRANSACTION")
        try:
            _read_spools(connection, spools)
            _drop_taken_down(connection)
            report = _insert_all(connection, recorded_at)
            connection.execute("COMMIT")
        except BaseException:
            rollback(connection)
            raise
    for spool in spools:
        remove_spool(spool)
    return report


def _read_spools(connection: Connection, spools: Sequence[Path]) -> None:
    for kind, query in _READERS.items():
        if kind in _LATER_KINDS:
            for spool in spools:
                (spool / f"{kind}.jsonl").touch()
        files = [str(spool / f"{kind}.jsonl") for spool in spools]
        missing = [file for file in files if not Path(file).exists()]
        if missing:
            raise SpoolError(missing[0], "is missing from its spool")
        try:
            connection.execute(read_query(query), {"files": files})
        except (duckdb.InvalidInputException, duckdb.ConversionException) as error:
            raise SpoolError(spools[0], f"cannot be read ({error})") from error


def _drop_taken_down(connection: Connection) -> None:
    """Leave out what was removed on request while it waited here; most ledgers are spared the question."""
    if _number(connection.execute(read_query("count_takedowns"))):
        connection.execute(read_query("find_taken_down_articles"))
        for kind in _OF_ARTICLES:
            connection.execute(read_query(f"drop_taken_down_{kind}"))


def _insert_all(connection: Connection, recorded_at: datetime) -> LoadReport:
    entries_new = _insert(connection, "insert_entries", recorded_at)
    polls = _insert(connection, "insert_polls", recorded_at)
    rejected = _insert(connection, "insert_rejections", recorded_at)
    connection.execute(read_query("delete_runs"))
    connection.execute(read_query("insert_runs"))
    connection.execute(read_query("gather_incoming_articles"))
    for query in ("date_back_articles", "bound_known_articles"):
        connection.execute(read_query(query), {"recorded_at": recorded_at})
    reread = _insert_extractions(connection, recorded_at)
    articles = _insert_articles(connection, recorded_at)
    claims_new = _insert(connection, "insert_claims", recorded_at)
    superseded = _supersede_claims(connection) if reread else 0
    resolve_load(connection, known_at=recorded_at)
    return LoadReport(
        **articles,
        claims_new=claims_new,
        claims_superseded=superseded,
        texts_reread=reread,
        entries_new=entries_new,
        polls=polls,
        rejected=rejected,
    )


def _insert_articles(connection: Connection, recorded_at: datetime) -> dict[str, int]:
    # Versions first: they are recognised as loaded before by the pages of earlier loads.
    reworded = _insert_new(connection, "versions", recorded_at)
    article_ids = _insert_new(connection, "articles", recorded_at)
    _insert(connection, "insert_pages", recorded_at)
    _insert(connection, "insert_matches", recorded_at)
    _insert(connection, "insert_refusals", recorded_at)
    connection.execute(read_query("number_revisions"))
    find_copies(connection, recorded_at)
    return {
        "articles_loaded": len(article_ids),
        "copies": _number(connection.execute(read_query("count_copies"), {"article_ids": article_ids})),
        "revisions": len(reworded) - len(article_ids),
        "articles_known": _number(connection.execute(read_query("count_incoming_articles"))) - len(set(reworded)),
    }


def _insert_extractions(connection: Connection, recorded_at: datetime) -> int:
    """Note who has read the texts; returns how many were read by others than before."""
    connection.execute(read_query("find_newest_extractions"))
    reread = _number(connection.execute(read_query("count_other_extractions")))
    if reread:
        connection.execute(read_query("supersede_extractions"))
        connection.execute(read_query("forget_matches"))
    _insert(connection, "insert_extractions", recorded_at)
    return reread


def _insert(connection: Connection, query: str, recorded_at: datetime) -> int:
    return _number(connection.execute(read_query(query), {"recorded_at": recorded_at}))


def _insert_new(connection: Connection, things: str, recorded_at: datetime) -> list[str]:
    """Insert what is new, and return the articles that it is of; a lake tells of no rows that it inserts."""
    connection.execute(read_query(f"find_new_{things}"), {"recorded_at": recorded_at})
    connection.execute(read_query(f"insert_{things}"))
    rows = connection.execute(read_query(f"list_new_{things}")).fetchall()
    return [article_id for (article_id,) in rows]


def _supersede_claims(connection: Connection) -> int:
    """Let the claims of the newest readings count; returns how many no longer do."""
    count = _number(connection.execute(read_query("count_superseded_claims")))
    connection.execute(read_query("supersede_claims"))
    return count


def _number(result: Connection) -> int:
    row = result.fetchone()
    assert row is not None
    return int(row[0])
